/* A person with Linphone: liblinphone without sound or picture, driven by lines written to <folder>/commands, telling what
 * happens in lines of standard output. usage: peer <folder> <user> <password> <domain> <server host:port> <udp|tcp|tls> [cpim]
 *   text <uri> <words>   sends a message          typing <uri>   says that it types
 *   read <uri>           marks all as read        watch <uri>    follows somebody's presence
 *   busy - <words>       says so to watchers      quit
 * With cpim it asks for receipts, in the envelope that such a request needs.
 */
#include <linphone/core.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int running = 1;

static void say_address(const char *event, const LinphoneAddress *address) {
	char *uri = linphone_address_as_string_uri_only(address);
	printf("%s %s", event, uri);
	ms_free(uri);
}

static void on_registration(LinphoneCore *core, LinphoneProxyConfig *config, LinphoneRegistrationState state, const char *message) {
	(void)core; (void)config; (void)message;
	printf("registration %s\n", linphone_registration_state_to_string(state));
}

static void on_message(LinphoneCore *core, LinphoneChatRoom *room, LinphoneChatMessage *message) {
	const char *text = linphone_chat_message_get_utf8_text(message);
	(void)core; (void)room;
	say_address("received", linphone_chat_message_get_from_address(message));
	printf(" %s %s\n", linphone_chat_message_get_content_type(message) ? linphone_chat_message_get_content_type(message) : "-", text ? text : "");
}

static void on_composing(LinphoneCore *core, LinphoneChatRoom *room) {
	(void)core;
	say_address("typing", linphone_chat_room_get_peer_address(room));
	printf(" %d\n", linphone_chat_room_is_remote_composing(room));
}

static void on_state(LinphoneChatMessage *message, LinphoneChatMessageState state) {
	printf("state %s %s\n", linphone_chat_message_state_to_string(state), linphone_chat_message_get_utf8_text(message));
}

static void on_presence(LinphoneCore *core, LinphoneFriend *friend) {
	static const char *const names[] = {"online", "busy", "do-not-disturb", "offline"};
	const LinphonePresenceModel *model = linphone_friend_get_presence_model(friend);
	LinphonePresenceNote *note = model ? linphone_presence_model_get_note(model, NULL) : NULL;
	const char *words = note ? linphone_presence_note_get_content(note) : NULL;
	(void)core;
	say_address("presence", linphone_friend_get_address(friend));
	printf(" %s %s\n", names[linphone_friend_get_consolidated_presence(friend)], words ? words : "");
}

static void watch(LinphoneCore *core, const char *uri) {
	LinphoneFriend *friend = linphone_core_create_friend_with_address(core, uri);
	linphone_friend_enable_subscribes(friend, TRUE);
	linphone_friend_set_inc_subscribe_policy(friend, LinphoneSPAccept);
	linphone_friend_list_add_friend(linphone_core_get_default_friend_list(core), friend);
	linphone_friend_unref(friend);
}

static void be_busy(LinphoneCore *core, const char *words) {
	LinphonePresenceModel *model = linphone_presence_model_new_with_activity_and_note(LinphonePresenceActivityBusy, NULL, words, NULL);
	linphone_core_set_presence_model(core, model);
	linphone_presence_model_unref(model);
}

static LinphoneChatRoom *room_with(LinphoneCore *core, const char *uri) {
	LinphoneChatRoomParams *params = linphone_core_create_default_chat_room_params(core);
	LinphoneAddress *peer = linphone_factory_create_address(linphone_factory_get(), uri);
	const LinphoneAddress *self = linphone_account_params_get_identity_address(linphone_account_get_params(linphone_core_get_default_account(core)));
	bctbx_list_t *people = bctbx_list_append(NULL, peer);
	LinphoneChatRoom *room;
	linphone_chat_room_params_set_backend(params, LinphoneChatRoomBackendBasic);
	linphone_chat_room_params_enable_group(params, FALSE);
	linphone_chat_room_params_enable_encryption(params, FALSE);
	room = linphone_core_search_chat_room(core, params, self, peer, NULL);
	if (!room) room = linphone_core_create_chat_room_6(core, params, self, people);
	linphone_chat_room_params_unref(params);
	bctbx_list_free(people);
	linphone_address_unref(peer);
	return room;
}

static void obey(LinphoneCore *core, char *line) {
	char *verb = strtok(line, " \n");
	char *uri = strtok(NULL, " \n");
	char *rest = strtok(NULL, "\n");
	LinphoneChatRoom *room;
	if (!verb || strcmp(verb, "quit") == 0) {
		running = 0;
		return;
	} else if (strcmp(verb, "watch") == 0) {
		watch(core, uri);
		return;
	} else if (strcmp(verb, "busy") == 0) {
		be_busy(core, rest);
		return;
	}
	room = room_with(core, uri);
	if (strcmp(verb, "text") == 0) {
		LinphoneChatMessage *message = linphone_chat_room_create_message_from_utf8(room, rest);
		LinphoneChatMessageCbs *callbacks = linphone_factory_create_chat_message_cbs(linphone_factory_get());
		linphone_chat_message_cbs_set_msg_state_changed(callbacks, on_state);
		linphone_chat_message_add_callbacks(message, callbacks);
		linphone_chat_message_cbs_unref(callbacks);
		linphone_chat_message_send(message);
	} else if (strcmp(verb, "typing") == 0) {
		linphone_chat_room_compose(room);
	} else if (strcmp(verb, "read") == 0) {
		linphone_chat_room_mark_as_read(room);
	}
}

static void sign_in(LinphoneCore *core, char **argv, bool_t cpim) {
	LinphoneFactory *factory = linphone_factory_get();
	char text[512];
	LinphoneAccountParams *params = linphone_core_create_account_params(core);
	LinphoneAddress *address;
	LinphoneAccount *account;
	LinphoneAuthInfo *auth = linphone_auth_info_new(argv[2], NULL, argv[3], NULL, NULL, argv[4]);
	linphone_core_add_auth_info(core, auth);
	snprintf(text, sizeof text, "sip:%s@%s", argv[2], argv[4]);
	address = linphone_factory_create_address(factory, text);
	linphone_account_params_set_identity_address(params, address);
	linphone_address_unref(address);
	snprintf(text, sizeof text, "sip:%s;transport=%s", argv[5], argv[6]);
	address = linphone_factory_create_address(factory, text);
	linphone_account_params_set_server_address(params, address);
	linphone_account_params_set_outbound_proxy_enabled(params, TRUE);
	linphone_account_params_set_register_enabled(params, TRUE);
	linphone_account_params_set_publish_enabled(params, TRUE);
	linphone_account_params_enable_cpim_in_basic_chat_room(params, cpim);
	linphone_address_unref(address);
	account = linphone_core_create_account(core, params);
	linphone_core_add_account(core, account);
	linphone_core_set_default_account(core, account);
}

int main(int argc, char **argv) {
	LinphoneFactory *factory = linphone_factory_get();
	LinphoneCoreCbs *callbacks;
	LinphoneCore *core;
	char path[512];
	static char input[65536];
	size_t filled = 0;
	int commands;
	if (argc != 7 && argc != 8) return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	/* Open for writing too, so that it does not end with whoever writes a line. */
	snprintf(path, sizeof path, "%s/commands", argv[1]);
	if (mkfifo(path, 0600) != 0 || (commands = open(path, O_RDWR)) < 0) return 4;
	/* Names of files are put behind it as it is. */
	snprintf(path, sizeof path, "%s/", argv[1]);
	linphone_factory_set_data_dir(factory, path);
	linphone_factory_set_config_dir(factory, path);
	snprintf(path, sizeof path, "%s/linphonerc", argv[1]);
	core = linphone_factory_create_core_3(factory, path, NULL, NULL);
	callbacks = linphone_factory_create_core_cbs(factory);
	linphone_core_cbs_set_registration_state_changed(callbacks, on_registration);
	linphone_core_cbs_set_message_received(callbacks, on_message);
	linphone_core_cbs_set_is_composing_received(callbacks, on_composing);
	linphone_core_cbs_set_notify_presence_received(callbacks, on_presence);
	linphone_core_add_callbacks(core, callbacks);
	if (linphone_core_start(core) != 0) return 3;
	linphone_im_notif_policy_enable_all(linphone_core_get_im_notif_policy(core));
	sign_in(core, argv, argc == 8);
	while (running) {
		struct pollfd in = {.fd = commands, .events = POLLIN};
		linphone_core_iterate(core);
		if (poll(&in, 1, 20) > 0) {
			char *end;
			ssize_t count = read(commands, input + filled, sizeof input - filled - 1);
			if (count <= 0) break;
			filled += (size_t)count;
			input[filled] = 0;
			while ((end = strchr(input, '\n')) != NULL) {
				char line[65536];
				size_t length = (size_t)(end - input) + 1;
				memcpy(line, input, length);
				line[length] = 0;
				memmove(input, end + 1, filled - length + 1);
				filled -= length;
				obey(core, line);
			}
		}
	}
	linphone_core_stop(core);
	linphone_core_unref(core);
	return 0;
}
