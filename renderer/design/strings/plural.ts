/** By the plural rules of the language; `#` is the number. What is left out is said as `other`. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Numbers in the figures and the forms of one language. Made when first used: most signs never speak the others. */
export function counting(language: string): (count: number, forms: Forms) => string {
  let made: { rules: Intl.PluralRules; figures: Intl.NumberFormat } | undefined;
  return (count, forms) => {
    made ??= {
      rules: new Intl.PluralRules(language),
      figures: new Intl.NumberFormat(language, { useGrouping: false }),
    };
    return (forms[made.rules.select(count)] ?? forms.other).replaceAll('#', made.figures.format(count));
  };
}
