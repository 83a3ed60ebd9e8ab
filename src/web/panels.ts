import type { ReportColumn } from '../row.ts'

/** One list of a panel. */
export interface Tab {
  readonly column: ReportColumn
  /** Its heading. */
  readonly title: string
  /** Head of its first column. */
  readonly head: string
  /** `views`: page views, always; `readers`: visitors where they are known, else page views. */
  readonly unit: 'views' | 'readers'
}

/** A place of the overview; its tabs share it. The first one shows unless the address names another. */
export interface Panel {
  readonly id: 'pages' | 'referrers' | 'countries' | 'browsers' | 'devices' | 'campaigns'
  readonly tabs: readonly [Tab, ...Tab[]]
}

export type PanelId = Panel['id']

/** The panels in the order of the page. `referrers` groups hosts by channel on its first tab. */
export const PANELS: readonly Panel[] = [
  { id: 'pages', tabs: [{ column: 'path', title: 'Pages', head: 'Page', unit: 'views' }] },
  {
    id: 'referrers',
    tabs: [readers('channel', 'Referrers', 'Came from'), readers('referrer', 'Hosts', 'Came from')],
  },
  {
    id: 'countries',
    tabs: [readers('country', 'Countries', 'Country'), readers('language', 'Languages', 'Language')],
  },
  {
    id: 'browsers',
    tabs: [readers('browser', 'Browsers', 'Browser'), readers('system', 'Systems', 'System')],
  },
  { id: 'devices', tabs: [readers('device', 'Devices', 'Device')] },
  {
    id: 'campaigns',
    tabs: [
      readers('campaign', 'Campaigns', 'utm_campaign'),
      readers('source', 'Sources', 'utm_source'),
      readers('medium', 'Media', 'utm_medium'),
    ],
  },
]

function readers(column: ReportColumn, title: string, head: string): Tab {
  return { column, title, head, unit: 'readers' }
}
