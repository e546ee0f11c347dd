/** The metadata service of EC2, which has no certificate. */
const METADATA = /http:\/\/(?:169\.254\.169\.254|\[fd00:ec2::254\])/g;

const DOWNLOADS = /\b(?:curl|wget|Invoke-WebRequest|iwr|DownloadString|DownloadFile)\b/i;

/** A shell that runs what it reads, or reads a download as a file. */
const RUNS = /\|\s*(?:sudo\s+)?(?:ba|da|z)?sh\b|\b(?:ba|da|z)?sh\s+<\(|\b(?:iex|Invoke-Expression)\b/i;

/** True if a word of a command switches the check of certificates off. */
function ignoresCertificate(word: string): boolean {
  return /^(?:--insecure|--no-check-certificate|-SkipCertificateCheck)$/i.test(word) || /^-[a-zA-Z]*k$/.test(word);
}

/** Returns why a script runs what anyone on the way to a server sends; undefined if it does not. */
export function insecureDownload(script: string): string | undefined {
  for (const line of script
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((each) => DOWNLOADS.test(each))) {
    const [download = ""] = line.slice(line.search(DOWNLOADS)).split(/[|;&]/);
    if (download.split(/\s+/).some(ignoresCertificate))
      return "downloads without a check of the server's certificate, so anyone on the way can change what runs as administrator. Remove that option";
    if (RUNS.test(line) && line.replaceAll(METADATA, "").includes("http://"))
      return "runs a script that it downloads unencrypted, so anyone on the way can change what runs as administrator. Use https://";
  }
  return undefined;
}
