/** Stands in the field of a secret that the vault keeps: the secret itself never reaches the screen. */
export const KEPT = "Kept in the vault; type to replace";
