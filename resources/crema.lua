-- Wireshark dissector for the protocol between Jetinno coffee machines and their server.
--
-- Copy this file into Wireshark's folder "Personal Lua Plugins" (Help > About Wireshark > Folders) and restart Wireshark, or
-- run: wireshark -X lua_script:crema.lua FILE
-- It takes TCP port 9700 (changed in Preferences > Protocols > CREMA) and finds machines on other ports by what they say.
-- Filters: crema.cmd == "error", crema.vmc_no == 33232, crema.dir == "in", crema.order_no contains "5940", crema.finding

local crema = Proto("crema", "Jetinno coffee machine protocol")

local f = crema.fields
f.head = ProtoField.string("crema.head", "Head", base.ASCII, "decimal, le48, none or unknown")
f.total = ProtoField.uint32("crema.total", "Declared length", base.DEC, nil, nil, "Bytes, head included")
f.size = ProtoField.uint32("crema.size", "Length", base.DEC, nil, nil, "Bytes on the wire, head included")
f.padding = ProtoField.bytes("crema.padding", "Padding")
f.seq = ProtoField.uint64("crema.seq", "Sequence number")
f.dir = ProtoField.string("crema.dir", "Direction", base.ASCII, "in: machine to server, out: server to machine")
f.cmd = ProtoField.string("crema.cmd", "Command", base.UNICODE)
f.vmc_no = ProtoField.int64("crema.vmc_no", "Machine number")
f.order_no = ProtoField.string("crema.order_no", "Order number", base.UNICODE)
f.error_code = ProtoField.string("crema.error_code", "Error code", base.UNICODE)
f.junk = ProtoField.bytes("crema.junk", "Bytes of no frame")
f.finding = ProtoField.string("crema.finding", "Finding", base.ASCII)

local e_length = ProtoExpert.new("crema.length.expert", "The head declares another length", expert.group.PROTOCOL,
  expert.severity.WARN)
local e_head = ProtoExpert.new("crema.head.expert", "No known head", expert.group.PROTOCOL, expert.severity.WARN)
local e_junk = ProtoExpert.new("crema.junk.expert", "Bytes that belong to no frame", expert.group.PROTOCOL,
  expert.severity.WARN)
crema.experts = { e_length, e_head, e_junk }

crema.prefs.ports = Pref.range("TCP ports", "9700", "Ports of servers", 65535)

local json = Dissector.get("json")
local HEAD, LEAST = 12, 14
local LONGEST = 53199
local OPEN, CLOSE, QUOTE, BACKSLASH = 0x7b, 0x7d, 0x22, 0x5c

-- Bytes are those of a string, at counts from 1.

-- Four decimal digits, zeros or spaces on either side.
local function decimal_total(s, at)
  local digits = s:sub(at, at + 3):match("^ *(%d+) *$")
  local total = digits and tonumber(digits) or 0
  return total >= LEAST and total or nil
end

-- The total + 48 as a little-endian number, 48 added to the upper bytes.
local function le48_total(s, at)
  local a, b, c, d = s:byte(at, at + 3)
  if d ~= 48 or c ~= 48 or b < 48 then return nil end
  local total = (b - 48) * 256 + a - 48
  return total >= LEAST and total or nil
end

local function is_head(s, at)
  return at + 3 <= #s and (decimal_total(s, at) or le48_total(s, at)) ~= nil
end

-- Where the object that begins at `at` ends, or nil. Strings and escapes are known.
local function object_end(s, at)
  local depth, i, in_string = 0, at, false
  while true do
    i = s:find('[{}"\\]', i)
    if i == nil then return nil end
    local c = s:byte(i)
    if c == BACKSLASH then
      i = i + 1
    elseif c == QUOTE then
      in_string = not in_string
    elseif not in_string then
      depth = depth + (c == OPEN and 1 or -1)
      if depth == 0 then return i end
    end
    i = i + 1
  end
end

-- All readings of a head; zeros may also fill up on the right of a decimal total.
local function readings(s, at)
  local found = {}
  local decimal = decimal_total(s, at)
  while decimal do
    found[#found + 1] = { head = "decimal", total = decimal }
    decimal = decimal % 10 == 0 and decimal / 10 >= LEAST and math.floor(decimal / 10) or nil
  end
  local le48 = le48_total(s, at)
  if le48 then found[#found + 1] = { head = "le48", total = le48 } end
  return found
end

local function ends_well(s, at, total)
  local last = at + total - 1
  return last <= #s and s:byte(last) == CLOSE
end
local function goes_on(s, at, total)
  local following = at + total
  return following == #s + 1 or is_head(s, following)
end

-- The frame at `at` that begins with a head. nil: more bytes are needed, so many if that is known.
local function headed(s, at, found)
  for _, strict in ipairs({ true, false }) do
    for _, r in ipairs(found) do
      if ends_well(s, at, r.total) and (not strict or goes_on(s, at, r.total)) then
        local last = object_end(s, at + HEAD)
        if last == at + r.total - 1 then
          return { size = r.total, head = r.head, total = r.total, body = HEAD }
        end
      end
    end
  end
  local last = object_end(s, at + HEAD)
  for _, r in ipairs(found) do
    local fits = at + r.total - 1 <= #s and goes_on(s, at, r.total)
    if fits and (last == nil or last <= at + r.total - 1) then
      return { size = r.total, head = r.head, total = r.total, body = HEAD }
    end
  end
  if last ~= nil then
    return { size = last - at + 1, head = found[1].head, total = found[1].total, body = HEAD, wrong = true }
  end
  return nil, found[1].total - (#s - at + 1)
end

-- Where the next frame may begin after junk at `at`.
local function after_junk(s, at)
  local brace = s:find("{", at, true)
  while brace do
    if brace - HEAD > at and is_head(s, brace - HEAD) then return brace - HEAD end
    if s:find('^{%s*["}]', brace) then return brace end
    brace = s:find("{", brace + 1, true)
  end
  return #s + 1
end

-- JSON without a head, or behind an unknown one. nil: its end is not there yet.
local function headless(s, at, body)
  local last = object_end(s, at + body)
  if last ~= nil then return { size = last - at + 1, head = body == 0 and "none" or "unknown", body = body } end
  -- Nothing so long is a message.
  if #s - at > LONGEST then return { size = after_junk(s, at + body + 1) - at, junk = true } end
  return nil
end

-- What begins at `at`: a frame, junk, or nil and how many more bytes are needed.
local function cut(s, at)
  local rest = #s - at + 1
  local found = rest >= 4 and readings(s, at) or {}
  -- The first byte of a head may be a brace too.
  if #found > 0 and s:byte(at + HEAD) == OPEN then return headed(s, at, found) end
  if s:byte(at) == OPEN and not (#found > 0 and rest <= HEAD) then return headless(s, at, 0) end
  if rest <= HEAD then
    -- The beginning of a head, or junk.
    if #found > 0 or rest < 4 and s:find("^ *%d* *$", at) then return nil end
    return { size = rest, junk = true }
  end
  local following = after_junk(s, at)
  if following == at + HEAD then return headless(s, at, HEAD) end
  return { size = following - at, junk = true }
end

-- The number in the padding: little-endian, 48 added to each byte.
local function sequence(s, at)
  local value = UInt64(0)
  for i = at + 11, at + 4, -1 do value = value * 256 + (s:byte(i) - 48) % 256 end
  return value
end

local function is_server(port)
  for from, to in tostring(crema.prefs.ports):gmatch("(%d+)%-?(%d*)") do
    local upper = to == "" and from or to
    if port >= tonumber(from) and port <= tonumber(upper) then return true end
  end
  return false
end

-- Systems give clients the high ports.
local function direction(pinfo)
  if is_server(pinfo.dst_port) then return "in" end
  if is_server(pinfo.src_port) then return "out" end
  return pinfo.dst_port < pinfo.src_port and "in" or "out"
end

local function member(body, name)
  return body:match('"' .. name .. '"%s*:%s*"([^"]*)"') or body:match('"' .. name .. '"%s*:%s*(%-?%d+)')
end

-- The essential of a message, for the packet list.
local essentials = {
  { "status", "status" }, { "error_code", "error" }, { "order_no", "order" }, { "Amount", "amount" },
  { "ProductName", "product" }, { "product_id", "product" }, { "operation", "operation" }, { "ret", "ret" },
}

local function show(tvb, s, at, frame, dir, tree)
  local range = tvb(at - 1, frame.size)
  local body = s:sub(at + frame.body, at + frame.size - 1)
  local cmd = member(body, "cmd")
  local words = { cmd or "?" }
  local item = tree:add(crema, range)
  if frame.body > 0 then
    item:add(f.head, tvb(at - 1, 4), frame.head)
    if frame.total then item:add(f.total, tvb(at - 1, 4), frame.total) end
    item:add(f.padding, tvb(at + 3, 8))
    if frame.head == "le48" then item:add(f.seq, tvb(at + 3, 8), sequence(s, at)) end
  else
    item:add(f.head, frame.head):set_generated()
  end
  item:add(f.size, frame.size):set_generated()
  item:add(f.dir, dir):set_generated()
  if cmd then item:add(f.cmd, cmd):set_generated() end
  local vmc_no = tonumber(member(body, "vmc_no"))
  if vmc_no and vmc_no % 1 == 0 then
    item:add(f.vmc_no, Int64(vmc_no)):set_generated()
    words[#words + 1] = string.format("%d", vmc_no)
  end
  for _, name in ipairs({ "order_no", "error_code" }) do
    local value = member(body, name)
    if value then item:add(f[name], value):set_generated() end
  end
  for _, essential in ipairs(essentials) do
    local value = member(body, essential[1])
    if value and value ~= "" then words[#words + 1] = essential[2] .. " " .. value end
  end
  if frame.wrong then
    item:add(f.finding, "head.lengthWrong"):set_generated()
    item:add_proto_expert_info(e_length)
  elseif frame.head == "none" or frame.head == "unknown" then
    item:add(f.finding, frame.head == "none" and "head.missing" or "head.unrecognised"):set_generated()
    item:add_proto_expert_info(e_head)
  end
  item:append_text(", " .. table.concat(words, ", "))
  return item, table.concat(words, " ")
end

local function dissect(tvb, pinfo, tree)
  local s = tvb:raw()
  local at, told = 1, {}
  local dir = direction(pinfo)
  pinfo.cols.protocol = "CREMA"
  while at <= #s do
    local frame, needed = cut(s, at)
    if frame == nil then
      pinfo.desegment_offset = at - 1
      pinfo.desegment_len = needed and needed > 0 and needed <= LONGEST and needed or DESEGMENT_ONE_MORE_SEGMENT
      break
    elseif frame.junk then
      local item = tree:add(crema, tvb(at - 1, frame.size), "Bytes that belong to no frame")
      item:add(f.junk, tvb(at - 1, frame.size))
      item:add(f.size, frame.size):set_generated()
      item:add(f.dir, dir):set_generated()
      item:add(f.finding, "junk.noFrame"):set_generated()
      item:add_proto_expert_info(e_junk)
      told[#told + 1] = "junk"
    else
      local item, words = show(tvb, s, at, frame, dir, tree)
      local body = tvb(at - 1 + frame.body, frame.size - frame.body)
      -- The JSON dissector writes over the info column; what it would say there is in the tree.
      json:call(body:tvb(), pinfo, item)
      told[#told + 1] = words
    end
    at = at + frame.size
  end
  pinfo.cols.protocol = "CREMA"
  if #told > 0 then pinfo.cols.info = (dir == "in" and "> " or "< ") .. table.concat(told, " | ") end
  return at - 1
end

function crema.dissector(tvb, pinfo, tree)
  return dissect(tvb, pinfo, tree)
end

local ports = DissectorTable.get("tcp.port")
local current = nil
local function register()
  if current == crema.prefs.ports then return end
  if current then ports:remove(current, crema) end
  current = crema.prefs.ports
  ports:add(current, crema)
end
crema.prefs_changed = register
register()

-- On other ports: a head, or bare JSON, and a command in it.
crema:register_heuristic("tcp", function(tvb, pinfo, tree)
  local s = tvb:raw(0, math.min(tvb:len(), 512))
  if #s < LEAST or not s:find('"cmd"', 1, true) then return false end
  local headed_object = is_head(s, 1) and s:byte(HEAD + 1) == OPEN
  if not headed_object and s:byte(1) ~= OPEN then return false end
  dissect(tvb, pinfo, tree)
  pinfo.conversation = crema
  return true
end)
