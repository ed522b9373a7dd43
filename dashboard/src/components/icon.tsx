/** The icons: a 16-grid, 1.5 px stroke in the colour of the text. A new one needs a reason; buttons carry words. */
const PATHS = {
  today: ['M2 9h3l2-5 3 9 2-4h2'],
  clients: ['M2.5 14V3.5L8 2v12M8 6h5.5v8M1.5 14h13M5 6v.1M5 9v.1M10.8 9v.1'],
  visits: [
    'M2 4.500A1.500 1.500 0 0 1 3.500 3h9A1.500 1.500 0 0 1 14 4.500v8a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 2 12.500z',
    'M2 6.500h12M5 1.500V4M11 1.500V4',
  ],
  print: ['M4 6V2h8v4M4 11H2V6.500h12V11h-2', 'M4.500 9.500h7V14h-7z'],
  findings: ['M3 13.5v-11M3 3h9l-2 3 2 3H3'],
  machines: [
    'M1.5 3.7a1.2 1.2 0 0 1 1.2-1.2h10.6a1.2 1.2 0 0 1 1.2 1.2v6.1a1.2 1.2 0 0 1-1.2 1.2H2.7a1.2 1.2 0 0 1-1.2-1.2z',
    'M5.5 14h5M8 11v3',
  ],
  search: ['M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0', 'm10.5 10.5 3.5 3.5'],
  copy: [
    'M6.3 5h5.9a1.3 1.3 0 0 1 1.3 1.3v6.4a1.3 1.3 0 0 1-1.3 1.3H6.3A1.3 1.3 0 0 1 5 12.700V6.300A1.300 1.300 0 0 1 6.300 5',
    'M10.5 5V2.500h-8V11H5',
  ],
  more: ['M3 8v.1M8 8v.1M13 8v.1'],
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={name === 'more' ? 'i dots' : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      {PATHS[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  )
}

export function Brand() {
  return (
    <a class="brand" href="/">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <path
          d="M15.6 6.2A7.2 7.2 0 1 0 16.2 9"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linecap="round"
        />
        <circle cx="15.2" cy="5" r="2" fill="currentColor" />
      </svg>
      Rounds
    </a>
  )
}
