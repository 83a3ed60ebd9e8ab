import type { ListName } from '../../report/report.ts'
import type { Panel, Tab } from '../panels.ts'
import { columnOfTab, DETAILS, PANELS } from '../panels.ts'
import type { View } from '../view.ts'
import { chosenValue } from '../view.ts'
import { isOwnPage } from './subject.ts'

/** The tab that a panel shows: the one of the address, or what there is to see within the one value that is chosen. */
export function currentTab({ id, tabs }: Panel, view: View): Tab {
  const named = tabs.find(({ name }) => name === view.tabs[id])
  const [first] = tabs
  const column = columnOfTab(first.name)
  const isChosen = column !== null && typeof chosenValue(view, column) === 'string'
  return named ?? (isChosen ? DETAILS[first.name] : undefined) ?? first
}

/** The panels of a view: the one that would list a page, or a referrer, on its own page is not among them. */
export function panelsOf(view: View): readonly Panel[] {
  return PANELS.filter(
    ({ id }) =>
      !(id === 'pages' && isOwnPage(view, 'path')) && !(id === 'referrers' && isOwnPage(view, 'referrer')),
  )
}

/** What the report of a page has to list; hosts come along with their groups. */
export function panelLists(view: View): readonly ListName[] {
  const names = panelsOf(view).map((panel) => currentTab(panel, view).name)
  const lists = names.flatMap((name): readonly ListName[] => {
    if (name === 'channel') return ['channel', 'referrer']
    const column = columnOfTab(name)
    if (column === null) return []
    return [name === 'landing' ? name : column]
  })
  return [...new Set(lists)]
}

/** Whether a panel of the page lists what only the ledger knows. */
export function wantsBots(view: View): boolean {
  return panelsOf(view).some((panel) => columnOfTab(currentTab(panel, view).name) === null)
}
