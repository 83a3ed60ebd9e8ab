import assert from 'node:assert/strict'
import { test } from 'node:test'
import crawlers from 'crawler-user-agents'
import { isbotMatch } from 'isbot'
import { createBotName } from '../../../src/bot-name.ts'
import { botName } from '../../../src/bot.ts'

test('nearly all bots have the same name on Lambda as at home, although the list of names is not there', () => {
  const nameOnLambda = createBotName(isbotMatch)
  const listed = crawlers.flatMap(({ instances }) => instances)
  const same = listed.filter((userAgent) => nameOnLambda(userAgent) === botName(userAgent))
  assert.ok(same.length / listed.length > 0.9, `${same.length} of ${listed.length}`)
})
