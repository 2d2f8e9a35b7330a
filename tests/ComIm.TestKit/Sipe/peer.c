/* A person with pidgin-sipe: libpurple without a window, driven by lines written to <folder>/commands, telling what happens
 * in lines of standard output. usage: peer <folder> <user@domain> <password> <server host:port> <tcp|tls>
 *   text <address> <words>   sends a message
 *   typing <address>         says that it types        leave <address>    closes the window of a chat
 *   add <address>            puts a person on the list, whose presence it then asks for
 *   status <id>              available, busy, away …   quit               signs out
 * With PEER_DEBUG set it tells what the library says, with PURPLE_UNSAFE_DEBUG the SIP messages as well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <glib.h>
#include <purple.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The layout of xmlSAXHandler, whose header nothing else here needs: 27 callbacks of SAX 1, the mark, and those of SAX 2. */
struct sax_handler {
	void *callbacks[27];
	unsigned int mark;
	void *private;
	void *callbacks2[3];
};

/* pidgin-sipe marks a handler of SAX 1 as one of SAX 2, and libxml2 2.9.14 then calls nothing of it: every XML body is empty.
 * The plugin finds this function before that of the library. */
int xmlSAXUserParseMemory(struct sax_handler *handler, void *context, const char *text, int length) {
	int (*parse)(struct sax_handler *, void *, const char *, int) =
		(int (*)(struct sax_handler *, void *, const char *, int))dlsym(RTLD_NEXT, "xmlSAXUserParseMemory");
	struct sax_handler copy = *handler;
	copy.mark = 0;
	return parse(&copy, context, text, length);
}

static GMainLoop *loop;
static PurpleAccount *account;

/* The event loop that libpurple wants, on glib's. */

struct watch {
	PurpleInputFunction function;
	gpointer data;
};

static gboolean on_watch(GIOChannel *source, GIOCondition condition, gpointer data) {
	struct watch *watch = data;
	int which = (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR) ? PURPLE_INPUT_READ : 0)
		| (condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL) ? PURPLE_INPUT_WRITE : 0);
	watch->function(watch->data, g_io_channel_unix_get_fd(source), which);
	return TRUE;
}

static guint add_watch(gint fd, PurpleInputCondition condition, PurpleInputFunction function, gpointer data) {
	struct watch *watch = g_new0(struct watch, 1);
	GIOCondition which = (condition & PURPLE_INPUT_READ ? G_IO_IN | G_IO_HUP | G_IO_ERR : 0)
		| (condition & PURPLE_INPUT_WRITE ? G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL : 0);
	GIOChannel *channel = g_io_channel_unix_new(fd);
	guint id;
	watch->function = function;
	watch->data = data;
	id = g_io_add_watch_full(channel, G_PRIORITY_DEFAULT, which, on_watch, watch, g_free);
	g_io_channel_unref(channel);
	return id;
}

static PurpleEventLoopUiOps event_loop = {
	.timeout_add = g_timeout_add,
	.timeout_remove = g_source_remove,
	.input_add = add_watch,
	.input_remove = g_source_remove,
	.timeout_add_seconds = g_timeout_add_seconds,
};

/* What happens. */

static void on_signed_on(PurpleConnection *connection) {
	(void)connection;
	printf("signed on\n");
}

static void on_signed_off(PurpleConnection *connection) {
	(void)connection;
	printf("signed off\n");
	if (loop && !purple_account_get_enabled(account, "driver")) g_main_loop_quit(loop);
}

static void on_connection_error(PurpleConnection *connection, PurpleConnectionError error, const char *description) {
	(void)connection;
	printf("connection error %d %s\n", error, description);
}

static void on_received(PurpleAccount *owner, char *sender, char *message, PurpleConversation *chat, PurpleMessageFlags flags) {
	char *text = purple_markup_strip_html(message);
	(void)owner; (void)chat; (void)flags;
	printf("received %s %s\n", sender, text);
	g_free(text);
}

static void on_typing(PurpleAccount *owner, const char *name) {
	(void)owner;
	printf("typing %s\n", name);
}

static void on_typing_stopped(PurpleAccount *owner, const char *name) {
	(void)owner;
	printf("idle %s\n", name);
}

static void say_status(PurpleBuddy *buddy) {
	PurpleStatus *status = purple_presence_get_active_status(purple_buddy_get_presence(buddy));
	const char *note = purple_status_get_attr_string(status, "message");
	printf("status %s %s %s\n", purple_buddy_get_name(buddy), purple_status_get_id(status), note ? note : "-");
}

static void on_status(PurpleBuddy *buddy, PurpleStatus *before, PurpleStatus *after) {
	(void)before; (void)after;
	say_status(buddy);
}

/* What a person reads in the window of a chat that nobody wrote: a message that could not be delivered, and the like. */
static void on_line(PurpleConversation *chat, const char *name, const char *alias, const char *message, PurpleMessageFlags flags, time_t when) {
	(void)name; (void)alias; (void)when;
	if (flags & (PURPLE_MESSAGE_ERROR | PURPLE_MESSAGE_SYSTEM)) {
		char *text = purple_markup_strip_html(message);
		g_strdelimit(text, "\r\n", ' ');
		printf("notice %s %s\n", purple_conversation_get_name(chat), text);
		g_free(text);
	}
}

static PurpleConversationUiOps conversations = { .write_conv = on_line };

/* That the other has left is shown to nobody; the plugin mentions it. */
static void on_debug(PurpleDebugLevel level, const char *category, const char *line) {
	(void)level;
	if (category && strcmp(category, "sipe") == 0 && strstr(line, "process_incoming_bye: session found")) printf("left\n");
}

static PurpleDebugUiOps debug = { .print = on_debug };

static void listen_to_events(void) {
	static int here;
	void *connected = purple_connections_get_handle();
	void *chats = purple_conversations_get_handle();
	void *list = purple_blist_get_handle();
	purple_conversations_set_ui_ops(&conversations);
	purple_signal_connect(connected, "signed-on", &here, PURPLE_CALLBACK(on_signed_on), NULL);
	purple_signal_connect(connected, "signed-off", &here, PURPLE_CALLBACK(on_signed_off), NULL);
	purple_signal_connect(connected, "connection-error", &here, PURPLE_CALLBACK(on_connection_error), NULL);
	purple_signal_connect(chats, "received-im-msg", &here, PURPLE_CALLBACK(on_received), NULL);
	purple_signal_connect(chats, "buddy-typing", &here, PURPLE_CALLBACK(on_typing), NULL);
	purple_signal_connect(chats, "buddy-typing-stopped", &here, PURPLE_CALLBACK(on_typing_stopped), NULL);
	purple_signal_connect(list, "buddy-status-changed", &here, PURPLE_CALLBACK(on_status), NULL);
	purple_signal_connect(list, "buddy-signed-on", &here, PURPLE_CALLBACK(say_status), NULL);
	purple_signal_connect(list, "buddy-signed-off", &here, PURPLE_CALLBACK(say_status), NULL);
}

/* What it is told to do. */

static PurpleConversation *chat_with(const char *address) {
	PurpleConversation *chat = purple_find_conversation_with_account(PURPLE_CONV_TYPE_IM, address, account);
	return chat ? chat : purple_conversation_new(PURPLE_CONV_TYPE_IM, account, address);
}

static void add_person(const char *address) {
	PurpleGroup *group = purple_find_group("People");
	PurpleBuddy *buddy = purple_buddy_new(account, address, NULL);
	if (!group) {
		group = purple_group_new("People");
		purple_blist_add_group(group, NULL);
	}
	purple_blist_add_buddy(buddy, NULL, group, NULL);
	purple_account_add_buddy(account, buddy);
}

static void obey(char *line) {
	char *verb = strtok(line, " \n");
	char *address = strtok(NULL, " \n");
	char *rest = strtok(NULL, "\n");
	PurpleConnection *connection = purple_account_get_connection(account);
	if (!verb) return;
	if (strcmp(verb, "quit") == 0) {
		purple_account_set_enabled(account, "driver", FALSE);
		if (!connection) g_main_loop_quit(loop);
	} else if (strcmp(verb, "text") == 0) {
		char *markup = g_markup_escape_text(rest, -1);
		purple_conv_im_send(PURPLE_CONV_IM(chat_with(address)), markup);
		g_free(markup);
	} else if (strcmp(verb, "typing") == 0) {
		serv_send_typing(connection, address, PURPLE_TYPING);
	} else if (strcmp(verb, "leave") == 0) {
		purple_conversation_destroy(chat_with(address));
	} else if (strcmp(verb, "add") == 0) {
		add_person(address);
	} else if (strcmp(verb, "status") == 0) {
		purple_account_set_status(account, address, TRUE, NULL);
	}
}

static gboolean on_command(GIOChannel *source, GIOCondition condition, gpointer data) {
	gchar *line;
	(void)condition; (void)data;
	while (g_io_channel_read_line(source, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL) {
		obey(line);
		g_free(line);
	}
	return TRUE;
}

static int open_commands(const char *folder) {
	char *path = g_build_filename(folder, "commands", NULL);
	/* Open for writing too, so that it does not end with whoever writes a line. */
	int commands = mkfifo(path, 0600) == 0 ? open(path, O_RDWR | O_NONBLOCK) : -1;
	GIOChannel *channel;
	g_free(path);
	if (commands < 0) return 0;
	channel = g_io_channel_unix_new(commands);
	g_io_channel_set_encoding(channel, "UTF-8", NULL);
	g_io_channel_set_flags(channel, G_IO_FLAG_NONBLOCK, NULL);
	g_io_add_watch(channel, G_IO_IN, on_command, NULL);
	return 1;
}

static void sign_in(char **argv) {
	account = purple_account_new(argv[2], "prpl-sipe");
	purple_account_set_password(account, argv[3]);
	purple_account_set_string(account, "server", argv[4]);
	purple_account_set_string(account, "transport", argv[5]);
	/* Its own form of publishing is nothing that a server of today knows. */
	purple_account_set_bool(account, "dont-publish", TRUE);
	purple_accounts_add(account);
	purple_account_set_enabled(account, "driver", TRUE);
}

int main(int argc, char **argv) {
	if (argc != 6) return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	purple_util_set_user_dir(argv[1]);
	purple_debug_set_enabled(g_getenv("PEER_DEBUG") && *g_getenv("PEER_DEBUG"));
	purple_debug_set_verbose(TRUE);
	purple_debug_set_ui_ops(&debug);
	purple_eventloop_set_ui_ops(&event_loop);
	if (!open_commands(argv[1])) return 4;
	if (!purple_core_init("driver")) return 3;
	purple_set_blist(purple_blist_new());
	purple_prefs_set_string("/purple/away/idle_reporting", "none");
	purple_prefs_set_string("/purple/proxy/type", "none");
	loop = g_main_loop_new(NULL, FALSE);
	listen_to_events();
	sign_in(argv);
	purple_savedstatus_activate(purple_savedstatus_new(NULL, PURPLE_STATUS_AVAILABLE));
	g_main_loop_run(loop);
	purple_core_quit();
	return 0;
}
