/* The words of an expression are told as libpcap tells them (pcap-filter(7)): a word that it does not know is the name of what the last
 * qualifier speaks of, and “host” is what “src” and “dst” speak of by themselves. A qualifier holds on over “and”, “or” and
 * “not” until the next one. A word that a later libpcap knows and this list doesn't is taken for a name, at worst. */
#include "lens-bpf-names.h"

#include "lens-address.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

typedef enum
{
  WORD_NAME,      /* none that libpcap knows */
  WORD_OTHER,     /* something new begins, and no host */
  WORD_JOIN,      /* what was said last holds on */
  WORD_HOST,      /* what follows is a host or a network */
  WORD_LINK_HOST, /* the same, of the link layer */
  WORD_GATEWAY,   /* what follows is a host, by its name only */
  WORD_IPV6,      /* what follows is of IPv6 */
  WORD_LINK,      /* what follows is of the link layer */
  WORD_DECNET,    /* whose addresses are like no others */
} WordKind;

static const struct
{
  WordKind kind;
  const char *words; /* between spaces */
} known_words[] = {
  { WORD_JOIN, " and or not " },
  { WORD_HOST, " host net src dst " },
  { WORD_LINK_HOST, " ra ta addr1 addr2 addr3 addr4 address1 address2 address3 address4 " },
  { WORD_GATEWAY, " gateway " },
  { WORD_IPV6, " ip6 " },
  { WORD_LINK, " link ether ppp slip fddi tr wlan " },
  { WORD_DECNET, " decnet " },
  { WORD_OTHER, " arp rarp ip sctp tcp udp icmp igmp igrp pim vrrp carp radio icmp6 ah esp atalk aarp lat "
                "sca moprc mopdl iso "
                "esis es-is isis is-is l1 l2 iih lsp snp csnp psnp clnp stp ipx netbeui mask port portrange "
                "proto protochain type "
                "subtype direction dir less greater byte broadcast multicast len length inbound outbound "
                "ifindex vlan mpls pppoed "
                "pppoes geneve vxlan lane llc metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci "
                "connectmsg metaconnect on ifname "
                "rset ruleset rnr rulenum srnr subrulenum reason action fisu lssu lsu msu hfisu hlssu hmsu "
                "sio opc dpc sls hsio hopc "
                "hdpc hsls " },
};

typedef struct
{
  const char *rest;   /* what has not been read */
  GString *checkable; /* what has been, with the stand-ins */
  char *first_name;   /* (nullable) */
  gboolean is_host;   /* what the last qualifier speaks of */
  WordKind family;    /* of the address: WORD_IPV6, WORD_LINK, WORD_DECNET, WORD_GATEWAY; any other: IPv4 */
  gboolean is_ipv4;   /* “ip”, “arp” or “rarp” was said */
  gboolean is_net;    /* of hosts and networks: the last qualifier speaks of networks */
  gboolean looks_up;  /* names are asked for */
  gboolean is_said;   /* what the last qualifier speaks of has been read */
  gboolean is_by_itself; /* some name has nothing to stand in for it */
} Reader;

static WordKind
find_word (const char *word)
{
  g_autofree char *between = g_strdup_printf (" %s ", word);

  for (gsize i = 0; i < G_N_ELEMENTS (known_words); i++)
    if (strstr (known_words[i].words, between) != NULL)
      return known_words[i].kind;
  return WORD_NAME;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/* "192.0.2.1", "10.1", "0x1f". */
static gboolean
is_number (const char *word)
{
  gsize n_parts = 0;
  g_auto (GStrv) parts = g_strsplit (word, ".", 0);

  for (; parts[n_parts] != NULL; n_parts++)
    {
      const char *part = parts[n_parts];
      gboolean is_hex = g_ascii_strncasecmp (part, "0x", 2) == 0 && part[2] != '\0';

      if (is_hex ? strspn (part + 2, "0123456789abcdefABCDEF") != strlen (part + 2)
                 : *part == '\0' || strspn (part, "0123456789") != strlen (part))
        return FALSE;
    }
  return n_parts <= 4;
}

/* "02:00:5e:10:00:00", "2-0-5e-10-0-0", "0200.5e10.0000", "02005e100000". */
static gboolean
is_link_address (const char *word)
{
  static const char *const patterns[] = { "^[0-9a-f]{1,2}([-:.])[0-9a-f]{1,2}(\\1[0-9a-f]{1,2}){4}$",
                                          "^[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}$", "^[0-9a-f]{12}$" };

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (g_regex_match_simple (patterns[i], word, G_REGEX_CASELESS, 0))
      return TRUE;
  return FALSE;
}

/* How long an address with colons is that stands at @text, or 0. */
static gsize
measure_address (const char *text)
{
  gsize length = strspn (text, "0123456789abcdefABCDEF:.");
  g_autofree char *word = NULL;
  LensAddress address;

  if (length >= LENS_ADDRESS_TEXT_SIZE)
    return 0;
  word = g_strndup (text, length);
  return strchr (word, ':') != NULL && (is_link_address (word) || lens_address_parse (word, &address))
             ? length
             : 0;
}

static void
take (Reader *reader, gsize length)
{
  g_string_append_len (reader->checkable, reader->rest, (gssize) length);
  reader->rest += length;
}

static gboolean
read_address (const struct addrinfo *info, LensAddress *address)
{
  if (info->ai_family == AF_INET)
    {
      const struct sockaddr_in *ipv4 = (const struct sockaddr_in *) (gconstpointer) info->ai_addr;

      *address = lens_address_from_ipv4 ((const guint8 *) &ipv4->sin_addr);
      return TRUE;
    }
  if (info->ai_family == AF_INET6)
    {
      const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *) (gconstpointer) info->ai_addr;

      *address = lens_address_from_ipv6 (ipv6->sin6_addr.s6_addr);
      return TRUE;
    }
  return FALSE;
}

/* "192.0.2.1 or 2001:db8::1", each once; empty where @name has no address of the family. libpcap asks with the same hints. (transfer full) */
static GString *
ask (const char *name, int family, gsize *n_addresses)
{
  const struct addrinfo hints
      = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP };
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (lens_address_table_hash, lens_address_table_equal, g_free, NULL);
  GString *text = g_string_new (NULL);
  struct addrinfo *answer = NULL;

  *n_addresses = 0;
  if (getaddrinfo (name, NULL, &hints, &answer) != 0)
    return text;
  for (const struct addrinfo *info = answer; info != NULL; info = info->ai_next)
    {
      char written[LENS_ADDRESS_TEXT_SIZE];
      LensAddress address;

      if ((family != AF_UNSPEC && info->ai_family != family) || !read_address (info, &address)
          || !g_hash_table_add (known, g_memdup2 (&address, sizeof address)))
        continue;
      g_string_append_printf (text, "%s%s", *n_addresses > 0 ? " or " : "",
                              lens_address_format (&address, written));
      (*n_addresses)++;
    }
  freeaddrinfo (answer);
  return text;
}

/* Puts the addresses of the name that comes next in its place. */
static void
look_up_name (Reader *reader, const char *name, gsize length)
{
  int family = reader->is_ipv4 ? AF_INET : reader->family == WORD_IPV6 ? AF_INET6 : AF_UNSPEC;
  g_autoptr (GString) addresses = NULL;
  gsize n;

  if (!reader->is_net && reader->family != WORD_LINK && reader->family != WORD_DECNET
      && reader->family != WORD_GATEWAY)
    addresses = ask (name, family, &n);
  if (addresses == NULL || n == 0)
    {
      take (reader, length);
      return;
    }
  g_string_append_printf (reader->checkable, n > 1 ? "(%s)" : "%s", addresses->str);
  reader->rest += length;
}

/* @name: of @length bytes in the expression. */
static void
take_name (Reader *reader, const char *name, gsize length)
{
  if (reader->looks_up)
    {
      look_up_name (reader, name, length);
      return;
    }
  if (reader->first_name == NULL)
    reader->first_name = g_strdup (name);
  reader->is_by_itself |= reader->family == WORD_DECNET || reader->family == WORD_GATEWAY;
  g_string_append (reader->checkable, reader->family == WORD_IPV6   ? "::1"
                                      : reader->family == WORD_LINK ? "00:00:00:00:00:01"
                                                                    : "127.0.0.1");
  reader->rest += length;
}

/* What follows a word that libpcap knows. */
static void
follow (Reader *reader, WordKind kind, const char *word)
{
  if (kind == WORD_JOIN)
    {
      /* “ip6 or host a” is two, “src or dst host a” is of one piece. */
      reader->is_said |= !reader->is_host;
      return;
    }
  if (kind != WORD_HOST || reader->is_said)
    reader->is_ipv4 = g_str_equal (word, "ip") || g_str_equal (word, "arp") || g_str_equal (word, "rarp");
  /* “src net a”: “src” alone would be of hosts. */
  reader->is_net
      = kind == WORD_HOST
        && (g_str_equal (word, "net") || (!reader->is_said && reader->is_net && !g_str_equal (word, "host")));
  if (kind == WORD_LINK_HOST)
    reader->family = WORD_LINK;
  /* “ip6 src or dst host a” is all of one piece; “ip6 host a and host b” is two. */
  else if (kind != WORD_HOST || reader->is_said)
    reader->family = kind;
  reader->is_host = kind == WORD_HOST || kind == WORD_LINK_HOST || kind == WORD_GATEWAY;
  reader->is_said = FALSE;
}

/* A word, with the backslash that keeps a name from being taken for a word that libpcap knows, if there is one. */
static void
read_word (Reader *reader)
{
  gboolean is_escaped = *reader->rest == '\\';
  gsize length = is_escaped ? 1 + strcspn (reader->rest + 1, " !()\n\t") : 0;
  g_autofree char *word = NULL;
  WordKind kind;

  if (!is_escaped)
    {
      while (is_word_char (reader->rest[length]))
        length++;
      /* A name ends in a letter, a digit or a dot; what is left is an operator. */
      while (length > 1 && (reader->rest[length - 1] == '-' || reader->rest[length - 1] == '_'))
        length--;
    }
  word = g_strndup (reader->rest + (is_escaped ? 1 : 0), length - (is_escaped ? 1 : 0));
  kind = is_escaped ? WORD_NAME : find_word (word);
  if (kind == WORD_NAME && reader->is_host && *word != '\0' && !is_number (word) && !is_link_address (word))
    take_name (reader, word, length);
  else
    take (reader, length);
  if (kind == WORD_NAME)
    reader->is_said = TRUE;
  else
    follow (reader, kind, word);
}

/* "[tcpflags]": nothing in brackets is a name. */
static gsize
measure_brackets (const char *text)
{
  gsize length = strcspn (text, "]");

  return text[length] == ']' ? length + 1 : length;
}

static void
read_all (Reader *reader)
{
  while (*reader->rest != '\0')
    {
      gsize address_length = measure_address (reader->rest);

      if (address_length > 0)
        {
          take (reader, address_length);
          reader->is_said = TRUE;
        }
      else if (*reader->rest == '[')
        take (reader, measure_brackets (reader->rest));
      else if (g_ascii_isalnum (*reader->rest) || *reader->rest == '\\')
        read_word (reader);
      else
        take (reader, 1);
    }
}

char *
lens_bpf_names_stand_in (const char *expression, char **first_name)
{
  Reader reader = { .rest = expression, .checkable = g_string_new (NULL) };

  read_all (&reader);
  *first_name = reader.first_name;
  return g_string_free (reader.checkable, reader.is_by_itself);
}

char *
lens_bpf_names_look_up (const char *expression)
{
  Reader reader = { .rest = expression, .checkable = g_string_new (NULL), .looks_up = TRUE };

  read_all (&reader);
  return g_string_free (reader.checkable, FALSE);
}
