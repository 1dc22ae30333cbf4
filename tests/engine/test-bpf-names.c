/* Names of hosts in BPF expressions: found as libpcap finds them, asked for once, and nobody asked while somebody types. */
#include "lens-address.h"
#include "lens-bpf-names.h"
#include "lens-bpf.h"

#include <dlfcn.h>
#include <locale.h>
#include <netdb.h>
#include <string.h>

/* How often somebody was asked for a host's address, and what for. */
static int n_asked;
static char asked_name[256];

typedef int (*GetAddrInfo) (const char *, const char *, const struct addrinfo *, struct addrinfo **);

/* Takes the place of the C library's for libpcap: no test asks the network. Addresses and services it is welcome to. */
int
getaddrinfo (const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **answer)
{
  GetAddrInfo original = (GetAddrInfo) (guintptr) dlsym (RTLD_NEXT, "getaddrinfo");
  LensAddress address;

  if (name == NULL || lens_address_parse (name, &address))
    return original (name, service, hints, answer);
  n_asked++;
  g_strlcpy (asked_name, name, sizeof asked_name);
  if (g_str_equal (name, "one.example"))
    return original ("192.0.2.1", service, hints, answer);
  if (g_str_equal (name, "six.example"))
    return original ("2001:db8::1", service, hints, answer);
  if (g_str_equal (name, "two.example"))
    {
      struct addrinfo *second = NULL;

      if (original ("192.0.2.1", service, hints, answer) != 0
          || original ("2001:db8::1", service, hints, &second) != 0)
        return EAI_FAIL;
      (*answer)->ai_next = second;
      return 0;
    }
  return EAI_NONAME;
}

static void
test_names_stand_in (void)
{
  static const struct
  {
    const char *expression;
    const char *checkable; /* NULL: nothing can stand in */
    const char *name;      /* the first */
  } cases[] = {
    { "", "", NULL },
    { "tcp port 443", "tcp port 443", NULL },
    { "host 192.0.2.1 or 192.0.2.7", "host 192.0.2.1 or 192.0.2.7", NULL },
    { "host a.example", "host 127.0.0.1", "a.example" },
    { "host a.example or b and port http", "host 127.0.0.1 or 127.0.0.1 and port http", "a.example" },
    { "src a and not (dst b or c)", "src 127.0.0.1 and not (dst 127.0.0.1 or 127.0.0.1)", "a" },
    { "net a", "net 127.0.0.1", "a" },
    { "port http or domain", "port http or domain", NULL },
    { "src port http", "src port http", NULL },
    { "host a or port b", "host 127.0.0.1 or port b", "a" },
    { "host a or tcp", "host 127.0.0.1 or tcp", "a" },
    { "ip proto \\tcp and host \\tcp", "ip proto \\tcp and host 127.0.0.1", "tcp" },
    { "ip6 host a", "ip6 host ::1", "a" },
    { "ip6 src or dst host a or b", "ip6 src or dst host ::1 or ::1", "a" },
    { "ip6 host a and host b", "ip6 host ::1 and host 127.0.0.1", "a" },
    { "ether host a", "ether host 00:00:00:00:00:01", "a" },
    { "wlan addr1 a", "wlan addr1 00:00:00:00:00:01", "a" },
    { "ether host 2:0:5e:10:0:0 or 02-00-5e-10-00-00", "ether host 2:0:5e:10:0:0 or 02-00-5e-10-00-00",
      NULL },
    { "host 2001:db8::1 and dst ::ffff:192.0.2.1", "host 2001:db8::1 and dst ::ffff:192.0.2.1", NULL },
    { "host 10 or 10.1 or 0x0a000001", "host 10 or 10.1 or 0x0a000001", NULL },
    { "host 1.2.3.4.5", "host 127.0.0.1", "1.2.3.4.5" },
    { "host 12abc-", "host 127.0.0.1-", "12abc" },
    { "host a:b", "host 127.0.0.1:127.0.0.1", "a" },
    { "host a and tcp[tcpflags] & tcp-syn != 0", "host 127.0.0.1 and tcp[tcpflags] & tcp-syn != 0", "a" },
    { "host 192.0.2.1 and ip[ihl", "host 192.0.2.1 and ip[ihl", NULL },
    { "wlan type mgt subtype beacon", "wlan type mgt subtype beacon", NULL },
    { "gateway a", NULL, "a" },
    { "decnet host a", NULL, "a" },
    { "a b c", "a b c", NULL },
    { "host \\", "host \\", NULL },
    { "host \xe2\x80\xae", "host \xe2\x80\xae", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *checkable = lens_bpf_names_stand_in (cases[i].expression, &name);

      g_test_message ("%s", cases[i].expression);
      g_assert_cmpstr (checkable, ==, cases[i].checkable);
      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

typedef struct
{
  char *checked; /* owned (nullable) */
  gboolean is_done;
  GError *error;
} CheckAnswer;

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckAnswer *answer = user_data;

  answer->checked = lens_bpf_check_finish (result, &answer->error);
  answer->is_done = TRUE;
}

/* Checks as an entry does. (transfer full) (nullable) */
static char *
check (const char *expression, LensBpfNames names)
{
  CheckAnswer answer = { 0 };

  lens_bpf_check_async (expression, names, NULL, NULL, check_cb, &answer);
  while (!answer.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (answer.checked != NULL, ==, answer.error == NULL);
  g_clear_error (&answer.error);
  return answer.checked;
}

static gboolean
check_typed (const char *expression, LensBpfNames names)
{
  g_autofree char *checked = check (expression, names);

  return checked != NULL;
}

/* Whatever is typed of an expression, letter by letter, nobody is asked for a name. */
static void
test_typing_asks_nobody (void)
{
  static const char *const expressions[] = {
    "host www.example or mail.example and tcp port http",
    "not (src net example or dst host other.example) and udp",
    "ip6 host www.example and tcp[tcpflags] & tcp-syn != 0",
    "ether host example or gateway other",
    "host 192.0.2.1.example or host 2001:db8::1 or a:b",
    "tcp src example",
    "icmp6 src or dst \\host",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    for (gsize length = 0; length <= strlen (expressions[i]); length++)
      {
        g_autofree char *typed = g_strndup (expressions[i], length);

        n_asked = 0;
        (void) check_typed (typed, LENS_BPF_NAMES_PRETEND);
        if (n_asked > 0)
          g_error ("“%s” asks for “%s”", typed, asked_name);
      }
  g_assert_true (check_typed (expressions[0], LENS_BPF_NAMES_PRETEND));
  g_assert_true (check_typed (expressions[1], LENS_BPF_NAMES_PRETEND));
  g_assert_true (check_typed ("ip6 src or dst host www.example", LENS_BPF_NAMES_PRETEND));
  g_assert_true (check_typed ("ether host example or other", LENS_BPF_NAMES_PRETEND));
  g_assert_true (check_typed ("gateway other", LENS_BPF_NAMES_PRETEND));
  g_assert_false (check_typed ("host www.example and and", LENS_BPF_NAMES_PRETEND));

  n_asked = 0;
  g_assert_false (check_typed ("host www.example", LENS_BPF_NAMES_ASK));
  g_assert_cmpint (n_asked, ==, 2); /* nobody knows it, and libpcap, which says so, asks as well */
  g_assert_cmpstr (asked_name, ==, "www.example");
}

/* Each name is asked for once, what libpcap means by it comes in its place, and what does is asked for no more. */
static void
test_look_up (void)
{
  static const struct
  {
    const char *expression;
    const char *looked_up;
    int n_asked;
  } cases[] = {
    { "tcp port 443 and host 192.0.2.7", "tcp port 443 and host 192.0.2.7", 0 },
    { "host one.example", "host 192.0.2.1", 1 },
    { "not src host two.example and port http", "not src host (192.0.2.1 or 2001:db8::1) and port http", 1 },
    { "src one.example or two.example", "src 192.0.2.1 or (192.0.2.1 or 2001:db8::1)", 2 },
    { "ip host two.example", "ip host 192.0.2.1", 1 },
    { "arp host two.example", "arp host 192.0.2.1", 1 },
    { "ip6 host two.example", "ip6 host 2001:db8::1", 1 },
    { "ip6 src or dst host two.example", "ip6 src or dst host 2001:db8::1", 1 },
    { "ip and host two.example", "ip and host (192.0.2.1 or 2001:db8::1)", 1 },
    { "ip6 or host two.example", "ip6 or host (192.0.2.1 or 2001:db8::1)", 1 },
    { "ip6 host one.example", "ip6 host one.example", 1 }, /* libpcap says what is wrong with it */
    { "host no.example", "host no.example", 1 },
    { "net one.example", "net one.example", 0 },
    { "src net one.example", "src net one.example", 0 },
    { "net one.example or src host one.example", "net one.example or src host 192.0.2.1", 1 },
    { "ether host one.example", "ether host one.example", 0 },
    { "gateway one.example", "gateway one.example", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *looked_up = NULL;

      n_asked = 0;
      looked_up = lens_bpf_names_look_up (cases[i].expression);
      g_test_message ("%s", cases[i].expression);
      g_assert_cmpstr (looked_up, ==, cases[i].looked_up);
      g_assert_cmpint (n_asked, ==, cases[i].n_asked);
    }
}

/* From what was typed to the packets of two kinds of link: one question. The answer says which addresses. */
static void
test_asked_once (void)
{
  static const char *const expressions[]
      = { "host two.example", "not (src host two.example and port 80)", "ip or dst host six.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autofree char *checked = NULL;
      g_autoptr (LensBpf) bpf = NULL;
      g_autoptr (LensBpf) unchecked = NULL;
      g_autoptr (GError) error = NULL;

      n_asked = 0;
      checked = check (expressions[i], LENS_BPF_NAMES_ASK);
      g_assert_nonnull (checked);
      g_assert_null (strstr (checked, "example"));
      g_assert_cmpint (n_asked, ==, 1);
      bpf = lens_bpf_new_asking (checked);
      g_assert_true (lens_bpf_check (bpf, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (lens_bpf_compile (bpf, 101, FALSE, &error)); /* raw IP */
      g_assert_cmpint (n_asked, ==, 1);

      /* And where nothing checked it before, as on the command line. */
      unchecked = lens_bpf_new_asking (expressions[i]);
      g_assert_true (lens_bpf_check (unchecked, NULL, &error));
      g_assert_true (lens_bpf_compile (unchecked, 101, FALSE, &error));
      g_assert_cmpint (n_asked, ==, 2);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bpf-names/stand-in", test_names_stand_in);
  g_test_add_func ("/bpf-names/typing-asks-nobody", test_typing_asks_nobody);
  g_test_add_func ("/bpf-names/look-up", test_look_up);
  g_test_add_func ("/bpf-names/asked-once", test_asked_once);
  return g_test_run ();
}
