export const electronRules: readonly { readonly selector: string; readonly message: string }[];
