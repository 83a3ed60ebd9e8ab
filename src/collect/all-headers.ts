import { addressesIn } from '../address.ts'
import { cutBytes } from '../escapes.ts'
import type { Settings } from '../settings.ts'
import type { KeepHeaders } from './kept-headers.ts'
import { keepAllowed } from './kept-headers.ts'
import { isPrivateHeader } from './private-headers.ts'
import { remembered } from './remembered.ts'

/** Keeps the headers that the setting says. */
export function keepHeaders(setting: Settings['headers']): KeepHeaders {
  return setting === 'all' ? keepAll() : keepAllowed()
}

const HEADERS_MAX = 64
const REPEATS_MAX = 4
const VALUE_BYTES_MAX = 512

/** Keeps all headers, as they came, but those on the deny-list and those that hold the client's address. */
function keepAll(): KeepHeaders {
  const denied = remembered(isPrivateHeader)
  const found = remembered(addressesIn)
  return (headers, isClients) => {
    const kept: Record<string, string> = {}
    for (const name of Object.keys(headers).slice(0, HEADERS_MAX)) {
      const value = headers[name]
      if (value === undefined || denied(name)) continue
      const text = typeof value === 'string' ? value : value.slice(0, REPEATS_MAX).join(', ')
      if (!isClients(found(text))) kept[name] = cutBytes(text, VALUE_BYTES_MAX)
    }
    return kept
  }
}
