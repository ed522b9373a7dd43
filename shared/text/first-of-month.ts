/** The first of a month in French: `1er janvier`, where every other day is its number alone (CLDR patterns do not know it). Pure. */
import type { Language } from './format.ts'

/** @param date begins with the day of the month, as Intl writes it. @returns the date as people write it. */
export function sayFirstOfMonth(date: string, language: Language): string {
  return language === 'fr' ? date.replace(/^1(?= )/, '1er') : date
}
