import type { ListName } from '../report/report.ts'
import type { ReportColumn } from '../row.ts'

/** What a tab shows: a list of the report, a part of one, the map, or a list of the ledger. */
export type TabName = ListName | 'map' | 'assistant' | 'crawler' | 'bot'

/** One list of a panel. */
export interface Tab {
  /** The word of addresses. */
  readonly name: TabName
  /** Its heading. */
  readonly title: string
  /** Head of its first column. */
  readonly head: string
  /**
   * `views`: page views, always; `readers`: visitors where they are known, else page views; `entries`: visitors whose
   * first view it was; `events`: times; `hits`: of the ledger.
   */
  readonly unit: 'views' | 'readers' | 'entries' | 'events' | 'hits'
}

/** A place of the overview; its tabs share it. The first one shows unless the address names another. */
export interface Panel {
  readonly id:
    | 'pages'
    | 'referrers'
    | 'countries'
    | 'browsers'
    | 'systems'
    | 'devices'
    | 'campaigns'
    | 'events'
    | 'machines'
  readonly tabs: readonly [Tab, ...Tab[]]
}

export type PanelId = Panel['id']

/** The panels in the order of the page. `channel` lists hosts by how they lead here. */
export const PANELS: readonly Panel[] = [
  {
    id: 'pages',
    tabs: [
      { name: 'path', title: 'Pages', head: 'Page', unit: 'views' },
      { name: 'landing', title: 'Landing pages', head: 'First page', unit: 'entries' },
    ],
  },
  {
    id: 'referrers',
    tabs: [readers('channel', 'Referrers', 'Came from'), readers('referrer', 'Hosts', 'Came from')],
  },
  {
    id: 'countries',
    tabs: [
      readers('country', 'Countries', 'Country'),
      readers('map', 'Map', 'Country'),
      readers('language', 'Languages', 'Language'),
    ],
  },
  { id: 'browsers', tabs: [readers('browser', 'Browsers', 'Browser')] },
  { id: 'systems', tabs: [readers('system', 'Systems', 'System')] },
  {
    id: 'devices',
    tabs: [
      readers('device', 'Devices', 'Device'),
      { name: 'window', title: 'Windows', head: 'Width', unit: 'events' },
    ],
  },
  {
    id: 'campaigns',
    tabs: [
      readers('campaign', 'Campaigns', 'utm_campaign'),
      readers('source', 'Sources', 'utm_source'),
      readers('medium', 'Media', 'utm_medium'),
    ],
  },
  {
    id: 'events',
    tabs: [
      { name: 'event', title: 'Events', head: 'Event', unit: 'events' },
      { name: 'target', title: 'Targets', head: 'Led to', unit: 'events' },
    ],
  },
  {
    id: 'machines',
    tabs: [
      readers('assistant', 'AI referrals', 'Came from'),
      { name: 'crawler', title: 'AI crawlers', head: 'Crawler', unit: 'hits' },
      { name: 'bot', title: 'Bots', head: 'Name', unit: 'hits' },
    ],
  },
]

function readers(name: TabName, title: string, head: string): Tab {
  return { name, title, head, unit: 'readers' }
}

/** What a panel shows instead of a list of one, once a filter has chosen a single value of that list. */
export const DETAILS: Readonly<Partial<Record<TabName, Tab>>> = {
  browser: readers('browser_version', 'Browser versions', 'Version'),
  system: readers('system_version', 'System versions', 'Version'),
  channel: readers('referrer', 'Hosts', 'Came from'),
  event: { name: 'target', title: 'Targets', head: 'Led to', unit: 'events' },
  country: readers('language', 'Languages', 'Language'),
  device: { name: 'window', title: 'Windows', head: 'Width', unit: 'events' },
  campaign: readers('source', 'Sources', 'utm_source'),
}

/** The column whose values a tab lists; null where they are no column of reports. */
export function columnOfTab(name: TabName): ReportColumn | null {
  if (name === 'landing') return 'path'
  if (name === 'map') return 'country'
  if (name === 'assistant') return 'referrer'
  return name === 'crawler' || name === 'bot' ? null : name
}
