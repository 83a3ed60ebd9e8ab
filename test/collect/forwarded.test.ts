import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networks } from '../../src/address.ts'
import { forwardedAddress } from '../../src/collect/forwarded.ts'

const TRUSTED = networks(['127.0.0.1', '10.0.0.0/8'])
const xff = (value: string) => ({ 'x-forwarded-for': value })
const rfc = (forwarded: string) => ({ forwarded })

type Case = readonly [
  name: string,
  peer: string | null,
  headers: Record<string, string>,
  address: string | null,
  proxied?: true,
]

const CASES: readonly Case[] = [
  ['no proxy', '192.0.2.7', {}, '192.0.2.7'],
  ['IPv4 on a socket for both', '::ffff:192.0.2.7', {}, '192.0.2.7'],
  ['a Unix socket', null, {}, null],
  ['one proxy', '127.0.0.1', xff('192.0.2.7'), '192.0.2.7'],
  ['what the client made up is left of it', '127.0.0.1', xff('203.0.113.1, 192.0.2.7'), '192.0.2.7'],
  ['two proxies', '127.0.0.1', xff('192.0.2.7, 10.1.1.1'), '192.0.2.7'],
  ['proxies all the way', '127.0.0.1', xff('10.2.2.2,10.1.1.1'), '10.2.2.2'],
  ['with a port', '127.0.0.1', xff('192.0.2.7:4711'), '192.0.2.7'],
  ['IPv6', '127.0.0.1', xff('2001:DB8::7'), '2001:db8::7'],
  ['IPv6 with a port', '127.0.0.1', xff('[2001:db8::7]:4711'), '2001:db8::7'],
  ['unknown', '127.0.0.1', xff('192.0.2.7, unknown'), null],
  ['empty', '127.0.0.1', xff(''), null],
  ['Forwarded', '127.0.0.1', rfc('for=192.0.2.7;proto=https;by=10.0.0.1'), '192.0.2.7'],
  [
    'Forwarded, quoted, and last',
    '10.0.0.1',
    rfc('for=203.0.113.1, proto=https; For="[2001:db8::7]:4711"'),
    '2001:db8::7',
  ],
  ['Forwarded with a made-up name', '127.0.0.1', rfc('for=_hidden'), null],
  [
    'Forwarded is not believed beside the other',
    '127.0.0.1',
    { ...xff('192.0.2.7'), ...rfc('for=203.0.113.1') },
    '192.0.2.7',
  ],
  ['a peer that is not trusted', '198.51.100.1', xff('192.0.2.7'), '198.51.100.1', true],
  ['the same with Forwarded', '198.51.100.1', rfc('for=192.0.2.7'), '198.51.100.1', true],
  ['a Unix socket that forwards', null, xff('192.0.2.7'), null, true],
]

for (const [name, peer, headers, address, proxied] of CASES) {
  test(`the client’s address: ${name}`, () => {
    assert.deepEqual(forwardedAddress(peer, headers, TRUSTED), { address, proxied: proxied ?? false })
  })
}

test('no more than 32 hops are read', () => {
  const hops = xff(`192.0.2.7, ${Array.from({ length: 40 }, () => '10.0.0.1').join(', ')}`)
  assert.deepEqual(forwardedAddress('127.0.0.1', hops, TRUSTED), { address: '10.0.0.1', proxied: false })
})
