import type { MemoryChunks } from '../../src/log/memory-log.ts'
import { memoryLog } from '../../src/log/memory-log.ts'
import { testHotLog } from './hot-log.contract.ts'

testHotLog('memoryLog', async () => {
  const chunks: MemoryChunks = new Map()
  return { open: async () => memoryLog(chunks) }
})
