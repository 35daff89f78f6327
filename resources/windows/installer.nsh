; Crema offers itself for captures and opens its links. It never makes itself the program a file is opened with:
; who has Wireshark keeps it. What follows "--" is never read as a switch.

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${APP_ID}.capture" "" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${APP_ID}.capture\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${APP_ID}.capture\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.pcap\OpenWithProgids" "${APP_ID}.capture"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.pcapng\OpenWithProgids" "${APP_ID}.capture"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.jsonl\OpenWithProgids" "${APP_ID}.capture"
  WriteRegStr SHELL_CONTEXT "Software\Classes\crema" "" "URL:${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\crema" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\crema\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\crema\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${APP_ID}.capture"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.pcap\OpenWithProgids" "${APP_ID}.capture"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.pcapng\OpenWithProgids" "${APP_ID}.capture"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.jsonl\OpenWithProgids" "${APP_ID}.capture"
  ReadRegStr $R0 SHELL_CONTEXT "Software\Classes\crema\shell\open\command" ""
  ; Only what is ours: a test build and a release may stand beside each other.
  StrCmp $R0 '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"' 0 +2
  DeleteRegKey SHELL_CONTEXT "Software\Classes\crema"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  ${ifNot} ${Silent}
  ${andIfNot} ${isUpdated}
    MessageBox MB_OK|MB_ICONINFORMATION "Records and settings stay in $APPDATA\${PRODUCT_NAME}. Delete that folder to be rid of them.$\r$\n$\r$\n记录和设置仍保留在 $APPDATA\${PRODUCT_NAME}，不再需要时请自行删除该文件夹。"
  ${endIf}
!macroend
