import type { Page } from 'puppeteer-core'

/** What a browser complains about from now on: errors in its console, broken policies, requests that failed or left the host of `url`. */
export function listen(page: Page, url: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('request', (request) => {
    // Pictures of the browser's own controls come from data: addresses.
    if (![`${url}/`, 'data:'].some((start) => request.url().startsWith(start)))
      complaints.push(`${request.url()} was asked for`)
  })
  return complaints
}

/** Breaks the policy of the page that is open, which a listener must notice. */
export async function breakPolicy(page: Page): Promise<void> {
  await page.evaluate(`document.body.append(document.createElement('style'))`)
  await page.evaluate(`document.querySelector('style').textContent = 'p { color: red }'`)
}
