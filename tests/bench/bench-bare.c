#include "bench-bare.h"

#include "lens-error.h"

#include <pcap/pcap.h>

gboolean
bench_bare_read (const char *path, guint64 *captured_bytes, GError **error)
{
  char message[PCAP_ERRBUF_SIZE] = "";
  pcap_t *pcap = pcap_open_offline (path, message);
  struct pcap_pkthdr *header;
  const u_char *bytes;
  int result;

  *captured_bytes = 0;
  if (pcap == NULL)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_READ, "libpcap: %s", message);
      return FALSE;
    }
  while ((result = pcap_next_ex (pcap, &header, &bytes)) == 1)
    *captured_bytes += header->caplen;
  if (result != PCAP_ERROR_BREAK)
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ, "libpcap: %s", pcap_geterr (pcap));
  pcap_close (pcap);
  return result == PCAP_ERROR_BREAK;
}
