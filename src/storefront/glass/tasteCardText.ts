/**
 * A taste card as the text of its file and its QR code: "VITRINE-TASTE:" and its bytes in hexadecimal.
 * It has only capital letters, digits and "-" or ":", which QR codes store in 5.5 bits each.
 */
export function tasteCardText(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  return `VITRINE-TASTE:${digits.join("").toUpperCase()}`;
}
