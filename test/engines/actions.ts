import type { Point } from './reader.ts'
import { PRESS_MS } from './reader.ts'

/** Input as WebDriver and WebDriver BiDi take it (W3C, "Actions"): the first button pressed and released at a point. */
export function clickAt([x, y]: Point): readonly object[] {
  const actions = [
    { type: 'pointerMove', x, y },
    { type: 'pointerDown', button: 0 },
    { type: 'pause', duration: PRESS_MS },
    { type: 'pointerUp', button: 0 },
  ]
  return [{ type: 'pointer', id: 'mouse', actions }]
}

/** The key "End" pressed and released. */
export function endKey(): readonly object[] {
  const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: '\uE010' }))
  return [{ type: 'key', id: 'keys', actions }]
}
