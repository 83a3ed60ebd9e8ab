// Reads requests ([url, page, type] each) as JSON, writes the filter that stops each, or null.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [folder = '', lists = ''] = process.argv.slice(2)
const { FiltersEngine, Request } = createRequire(`${folder}/package.json`)('@ghostery/adblocker')
const filters = lists.split(',').map((list) => readFileSync(`${folder}/${list}.txt`, 'utf8'))
const engine = FiltersEngine.parse(filters.join('\n'), { debug: true })
const requests = JSON.parse(readFileSync(0, 'utf8'))
const stops = requests.map(([url, sourceUrl, type]) => {
  const { match, filter } = engine.match(Request.fromRawDetails({ url, sourceUrl, type }))
  return match ? String(filter?.rawLine ?? filter) : null
})
process.stdout.write(JSON.stringify(stops))
