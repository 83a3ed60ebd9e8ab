import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesIn, isPublic, networks, parseAddress, senderOf } from '../src/address.ts'

const ADDRESSES: [given: string, address: string | null][] = [
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['192.0.2.256', null],
  ['192.0.02.1', null],
  ['example.org', null],
  ['', null],
]

for (const [given, address] of ADDRESSES) {
  test(`parseAddress("${given}") is ${address}`, () => {
    assert.equal(parseAddress(given), address)
  })
}

const FOUND: [text: string, address: string][] = [
  ['192.0.2.77', '192.0.2.77'],
  ['from 192.0.2.77:4711, today', '192.0.2.77'],
  ['1.192.0.2.77', '192.0.2.77'],
  ['ip-192-0-2-77.isp.example', '192.0.2.77'],
  ['192_0_2_77', '192.0.2.77'],
  ['192.000.002.077', '192.0.2.77'],
  ['192%2E0%2E2%2E77', '192.0.2.77'],
  ['0xC000024D', '192.0.2.77'],
  ['3221226061', '192.0.2.77'],
  ['::ffff:192.0.2.77', '192.0.2.77'],
  ['[::ffff:c000:24d]', '192.0.2.77'],
  ['2001:db8:77:66::55', '2001:db8:77:66::55'],
  ['for="[2001:DB8:77:66::55]:4711"', '2001:db8:77:66::55'],
  ['2001:0db8:0077:0066:0000:0000:0000:0055', '2001:db8:77:66::55'],
  ['2001:db8:77:66::55:8080', '2001:db8:77:66::55'],
  ['d:2001:db8:77:66::55', '2001:db8:77:66::55'],
  ['2001%3Adb8%3A77%3a66%3A%3A55', '2001:db8:77:66::55'],
  ['2001-db8-77-66--55', '2001:db8:77:66::55'],
  ['20010db8007700660000000000000055', '2001:db8:77:66::55'],
]

for (const [text, address] of FOUND) {
  test(`"${text}" holds ${address}`, () => {
    assert.ok(addressesIn(text).includes(address), addressesIn(text).join(' '))
  })
}

const HARMLESS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  'de-DE,de;q=0.8,en;q=0.5',
  '/2026/11/23/12:30:45',
]

for (const text of HARMLESS) {
  test(`"${text.slice(0, 40)}" could name nobody but by chance`, () => {
    assert.ok(
      addressesIn(text).every((address) => address.startsWith('1.')),
      addressesIn(text).join(' '),
    )
  })
}

test('a set of networks holds both families, and IPv4 in whatever form it was written', () => {
  const set = networks(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7', '::ffff:203.0.113.0/120'])
  for (const inside of ['192.0.2.9', '2001:db8:1::1', '198.51.100.7', '203.0.113.9'])
    assert.ok(set.includes(inside), inside)
  for (const outside of ['192.0.3.9', '2001:db9::1', '198.51.100.8', '203.0.114.9', '::1'])
    assert.ok(!set.includes(outside), outside)
  assert.ok(!networks([]).includes('192.0.2.9'))
})

test('addresses that no stranger can have are not public', () => {
  const near =
    '127.0.0.1 ::1 10.1.2.3 172.16.0.1 172.31.9.9 192.168.1.1 169.254.1.1 100.64.0.1 fd00::1 fc12::1 fe80::1'
  for (const address of near.split(' ')) assert.ok(!isPublic(address), address)
  for (const address of ['192.0.2.1', '172.32.0.1', '100.128.0.1', '2001:db8::1', 'fec0::1', '11.0.0.1'])
    assert.ok(isPublic(address), address)
})

test('one sender is an IPv4 address, or the first half of an IPv6 address', () => {
  assert.equal(senderOf('192.0.2.1'), '192.0.2.1')
  assert.equal(senderOf('2001:db8:1:2:3:4:5:6'), senderOf('2001:db8:1:2::9'))
  assert.equal(senderOf('2001:db8::1'), senderOf('2001:db8:0:0:ffff::'))
  assert.notEqual(senderOf('2001:db8::1'), senderOf('2001:db8:0:1::1'))
})
