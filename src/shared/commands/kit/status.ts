/** Messages that report a machine's state: by itself, and in reply to our questions. */
export const statusReports = ['machinestatus', 'statusquery_r', 'querysupplies_r'] as const;
