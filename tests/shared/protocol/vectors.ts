/**
 * Values of the wire's vectors, so that a bare clone checks them too. SOURCE: our own specification, wire-vectors.json of
 * 2026-11; `vectors.test.ts` compares the two where the file is present.
 */

/** Inputs that both flows share; hex. */
export const INPUTS = {
  serverSeed: '01'.repeat(32),
  agentSeed: '02'.repeat(32),
  esSeed: '0a'.repeat(32),
  eaSeed: '0b'.repeat(32),
  na: '04'.repeat(32),
  ns: '05'.repeat(32),
  cb: '06'.repeat(32),
  stream: '07'.repeat(16),
  fp: '09'.repeat(32),
  codeSecret: '0c'.repeat(16),
  codeId: '0d'.repeat(8),
  host: 'monitor.example.org:443',
  cbType: 'tls-exporter',
  ts: 1_790_000_000_000,
  info: '{"v":[1]}',
} as const

/** Ephemeral public keys and the shared secret; hex. */
export const AGREEMENT = {
  ea: '73b2d8b76aa9b53660032bc8f5d8bee3a3ae4e3b3a7fd49ade81f7347a34aa68',
  es: 'f77ff4b10788bfdca62ca0bb160d427cf5762d85f2b5cad6807ec9c3febbde09',
  z: 'c09d8a17f54f06a53f844eacbc6273017581b9bc53b5f31f3d338cc3ffd7b86b',
} as const

/** What each flow must give. */
export const FLOWS = {
  auth: {
    agentId: '03'.repeat(16),
    lease: '08'.repeat(16),
    leaseN: 41,
    t0Length: 340,
    t0Sha256: '1292cb8f01b5e374196fd7845b4efb8b5fbdea165e4a8c1ecc0aee81066a7d07',
    sigS: 'QvXRqCpOpXeI6x-yPoAcJUQAhIGfrfNdTzuuR5qcLjL3YgeqsAHQHabDLyMFdlN_R1KIXR-f8rqlcsK3zpjwDg',
    t1Length: 528,
    t1Sha256: '3f1d4d351a37cc6dc290659139980e21dec7029082093a9b9f0cc0db3cf2608a',
    sigA: 'v89TOYQYeZVuHyTCcI0vSAp1tC_Wu7Z48zv_4DVc0TCJNcKQ0DGqwaSKWXU0nbWgn9IvHUPTsxQ6NuKqdPpmCg',
    a2s: '7caa40a3c24906b487b4e7b366a9c911ca67372cdf9b95c6c84e1d5e4f6cafd8',
    s2a: 'b976cb14f8aef29ec60e12043a2e746c1ad0c2a335ed1ad0ad1aaaa94bda1a6d',
  },
  enroll: {
    agentId: '00'.repeat(16),
    lease: '00'.repeat(16),
    leaseN: 0,
    t0Length: 342,
    t0Sha256: '72471c3ccdae2a60925bb1d30c59254bc4bce6ac0524a0e4cb2861622209776a',
    sigS: 'qCjcNl5_ttBW7LUP0fA2MsivwnhK5xb5cPKMtAGMWsoZbbLiLIlQnuR9DsUE-nEIMBkDLO86zJ3ADUKx0eVCCQ',
    t1Length: 530,
    t1Sha256: 'dcad6933a01feb1eea9a352fcd964d70003bdb063714590758b4c460c9b437a8',
    sigA: 'Gj9pO6AS3AtiNE-it0Rskv4n-oMZBXYJSFz4qAeAxSfTRrwHMhYxIyhy5P9Pq2yf9BNoWcIoD9jS9nghpaxCAQ',
    a2s: '8b53f696a8e21f93faddcc7af4b88b1b2c1815e1cf48b00602703465bcbe0384',
    s2a: 'c27ed53c843778f5067b32a9357c4dac93c39649b1eb60626242bbd1a801958a',
    proof: '6137b2a711096845a8b9468b6cfafbef53a645efc0cec7794d92bea0a8364049',
  },
} as const

/** A frame of the auth flow, server to agent, n = 0; hex. */
export const FRAME = {
  json: '{"t":"ack","upTo":7}',
  bytes: '000000000000000000b9bba50015ef57feb3946f83fca2babe7b2274223a2261636b222c227570546f223a377d',
} as const

/** A section of check `disk` and its hash; hex. */
export const SECTION = {
  json: '{"a":["é",null,true],"b":1}',
  hash: 'd4f76d7a448eb5f90b8acc3c87a27be48452e3ec4a7164f094a4f7394c2349f3',
} as const
