using System.Collections.Concurrent;
using System.Text;

namespace ComIm.Interop.Tests.Table;

/// <summary>
/// What the tests of this run have seen of each peer. A test records a verdict when it has seen it: <c>yes</c>, or in a word or two what
/// happens instead (<c>refuses: 488</c>), with the status that came, never a version or a time. <see cref="InteropTableTests"/> writes it down.
/// </summary>
internal static class InteropTable
{
    public const string Yes = "yes";

    private const string Nothing = "–";

    private static readonly ConcurrentDictionary<(Peer Peer, Capability Capability), string> Verdicts = new();

    private static readonly (string Title, (Peer Peer, string Name)[] Peers, (Capability Capability, string Name)[] Capabilities)[] Parts =
    [
        ("Servers of others, with ComIm on both sides",
        [
            (Peer.Kamailio, "Kamailio"),
        ],
        [
            (Capability.DigestMd5, "digest, MD5"),
            (Capability.DigestSha256, "digest, SHA-256"),
            (Capability.WrongPassword, "a wrong password"),
            (Capability.Udp, "UDP"),
            (Capability.Tcp, "TCP"),
            (Capability.Tls, "TLS, with a private CA"),
            (Capability.WrongCertificate, "TLS, with a CA that is not trusted"),
            (Capability.PagerTo, "texts of any length, HTML and bytes, outside sessions"),
            (Capability.SessionTo, "the same in sessions"),
            (Capability.TypingTo, "typing"),
            (Capability.ReceiptsTo, "receipts of delivery and display"),
            (Capability.Unknown, "a message to nobody"),
            (Capability.Busy, "a session rejected as busy"),
            (Capability.Offline, "messages to somebody who is away"),
            (Capability.PresenceTo, "presence, kept by the server"),
            (Capability.PresenceFrom, "presence, told by the account itself"),
            (Capability.Watchers, "who watches"),
            (Capability.WatcherRules, "somebody blocked"),
            (Capability.Conference, "a third person asked to join"),
            (Capability.Restart, "killed and started again"),
            (Capability.ReachedThroughOtherNode, "two nodes (dmq): signed in at one, reached through the other"),
            (Capability.NodeLost, "two nodes (dmq): one is lost, back at the other"),
        ]),
        ("Clients of others, with ComIm on the other side",
        [
            (Peer.Linphone, "Linphone"),
            (Peer.Baresip, "baresip"),
            (Peer.Sipp, "SIPp"),
            (Peer.PidginSipe, "Pidgin with SIPE"),
        ],
        [
            (Capability.Udp, "UDP"),
            (Capability.Tcp, "TCP"),
            (Capability.Tls, "TLS, with a private CA"),
            (Capability.PagerTo, "a text to it, outside sessions"),
            (Capability.PagerFrom, "a text from it, outside sessions"),
            (Capability.Html, "HTML to it"),
            (Capability.OtherContent, "a picture to it"),
            (Capability.SessionTo, "a session to it"),
            (Capability.SessionFrom, "a session from it"),
            (Capability.FirstTextInInvite, "its first text, in the INVITE"),
            (Capability.TypingTo, "it sees us type"),
            (Capability.TypingFrom, "we see it type"),
            (Capability.ReceiptsTo, "it gets our receipts"),
            (Capability.ReceiptsFrom, "we get its receipts"),
            (Capability.PresenceTo, "it sees our presence"),
            (Capability.PresenceFrom, "we see its presence"),
            (Capability.Conference, "asked into a conference"),
        ]),
    ];

    /// <summary>Remembers what was seen; a theory records once for each of its cases.</summary>
    public static void Record(Peer peer, Capability capability, string verdict = Yes) =>
        Verdicts.AddOrUpdate((peer, capability), verdict, (_, seen) => seen == verdict ? seen : $"{seen} / {verdict}");

    /// <summary>The table of what has been seen. Where a cell has not, it is what <paramref name="otherwise"/> says.</summary>
    public static string Write(Func<string, string?>? otherwise = null)
    {
        var text = new StringBuilder("""
            # Interoperability

            Written by `tests/ComIm.Interop.Tests` and compared with what each run sees; [Table/InteropTableTests.cs](ComIm.Interop.Tests/Table/InteropTableTests.cs)
            says how a change is accepted. Only what a test has seen is said; – is not tried, or does not apply. The peers are those of `setup/packages.sh`.

            """.ReplaceLineEndings("\n"));
        foreach (var (title, peers, capabilities) in Parts)
        {
            text.Append($"\n## {title}\n\n| | {string.Join(" | ", peers.Select(p => p.Name))} |\n|---|{string.Concat(peers.Select(_ => "---|"))}\n");
            foreach (var (capability, name) in capabilities)
            {
                var cells = peers.Select(p => Verdicts.TryGetValue((p.Peer, capability), out var verdict)
                    ? verdict : otherwise?.Invoke($"{p.Name}/{name}") ?? Nothing);
                text.Append($"| {name} | {string.Join(" | ", cells)} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The cells of a table as it was written, by peer and capability.</summary>
    public static IReadOnlyDictionary<string, string> Read(string table)
    {
        var cells = new Dictionary<string, string>();
        var peers = Array.Empty<string>();
        foreach (var row in table.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1]))
        {
            if (row[0].Length == 0)
            {
                peers = row;
                continue;
            }

            for (var i = 1; i < row.Length; i++)
            {
                cells[$"{peers[i]}/{row[0]}"] = row[i];
            }
        }

        return cells;
    }
}
