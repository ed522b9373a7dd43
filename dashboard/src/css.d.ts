/** Styles are imported for their effect: Vite collects them. Types only. */
declare module '*.css'
