/** Vitest set-up file: after the last hook of each test file, its temporary folders are removed. */
import { afterAll } from 'vitest'
import { removeTempFolders } from './tmp.ts'

afterAll(removeTempFolders)
