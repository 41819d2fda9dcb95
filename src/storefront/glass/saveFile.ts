/** Downloads a file, as a link to it would. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // By the next task the browser has read the content.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
