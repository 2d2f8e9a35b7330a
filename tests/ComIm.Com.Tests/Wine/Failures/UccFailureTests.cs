using System.Globalization;

namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>
/// The failure side of the UCC API as an application of the original sees it: in C++ with headers made of the data, in its own
/// process, at the embedded server.
/// </summary>
[Collection(WineCollection.Name)]
public sealed class UccFailureTests(FailureRun run) : IClassFixture<FailureRun>
{
    // The local participant, the other one, IDLE to CONNECTING to DISCONNECTED with the code, the result, and it is gone.
    private const string Refused = "added added 1>2 2>5({0}) result of mine removed";

    /// <summary>Each case with its code, and the events of its session where it has any.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        // Before Initialize, and values that are none.
        { "CreateEndpoint before Initialize", "80EE0025", "" },
        { "Shutdown before Initialize", "80EE0025", "" },
        { "an empty name", "80070057", "" },
        { "a name with an asterisk", "80070057", "" },
        { "Initialize twice", "80EE0026", "" },
        { "a bad URI", "80EE0012", "" },
        { "a URI of another world", "80EE0012", "" },
        { "a bad telephone number", "80EE008C", "" },
        { "a bad property type", "80020005", "" },
        { "a text read as a number", "80020005", "" },
        { "a text read as a truth", "80020005", "" },
        { "a text read as an object", "80020005", "" },
        { "the name of a numbered property", "80EE0058", "" },
        { "no such property", "80EE0058", "" },
        { "removal of no such property", "80EE0058", "" },
        { "an operation without Initialize", "80EE0061", "" },
        { "an operation initialized twice", "80EE0061", "" },
        { "a bad transport", "80EE0037", "" },
        { "an empty server", "80EE0035", "" },
        { "a bad mode", "80EE0038", "" },
        { "basic authentication without TLS", "80EE003F", "" },
        { "no server", "80EE0034", "" },
        { "an endpoint for a telephone number", "80EE0012", "" },
        { "an endpoint for nobody", "80EE0033", "" },

        // Signing in: OnEnable, and what may be called after it.
        { "wrong password", "80EF0191", "" },
        { "Enable after a failure", "80EE006D", "" },
        { "a session without a registration", "80EE006D", "" },
        { "Disable after a failure", "80EE006D", "" },
        { "unknown account", "80EF0191", "" },
        { "nobody listening", "80EE0067", "" },
        { "unknown server", "80EE0066", "" },
        { "no scheme in common", "80EE0010", "" },
        { "Disable during Enable", "80EE00AE", "" },
        { "signed in", "00000000", "" },

        // Invitations: OnAddParticipant, with what comes before and behind it.
        { "unknown user", "80EF0194", Refused },
        { "not signed in", "80EF01E0", Refused },
        { "busy", "80EF01E6", Refused },
        { "decline", "80EF025B", Refused },
        { "it rings for ever", "80EF01E0", Refused },
        { "nobody answers", "80EF0198", Refused },
        { "a circle of redirections", "80EE0078", Refused },
        { "a redirection to nowhere", "80EE0079", Refused },
        { "a redirection that is not followed", "80EF012E", Refused },
        { "a redirection that is followed", "00000000", "added added 1>2 2>3 result of mine" },
        { "an invitation taken back", "80EE00AE", "added added 1>2 2>5(80EE00AE) result removed terminated of mine" },

        // Sessions that are misused.
        { "a participant without a URI", "80070057", "" },
        { "a participant without a name", "80EE0012", "" },
        { "nobody added", "80070057", "" },
        { "a message to nobody", "80EE002A", "" },
        { "typing to nobody", "80EE002A", "" },
        { "a second participant", "80EE005E", "" },
        { "a participant of another session", "80EE003C", "" },
        { "oneself", "80EE005F", "" },
        { "removal of oneself", "80EE0082", "" },
        { "a message without a type", "80070057", "" },
        { "a transfer", "80EE0082", "" },
        { "audio and video", "80EE006E", "" },
        { "no such type of session", "80EE0029", "" },
        { "a conversation id that is a number", "80020005", "" },
        { "a message after the end", "80EE002A", "" },
        { "Terminate twice", "80EE002A", "" },
        { "AddParticipant after the end", "80EE002A", "" },

        // What comes in.
        { "Reject of a session", "00000000", "" },
        { "Accept after Reject", "80EE002A", "" },
        { "Reject after Reject", "80EE002A", "" },
        { "an inviter who gives up", "00000000", "2>5(80EE00AE) removed terminated" },
        { "Accept after the inviter gave up", "80EE002A", "" },
        { "Reject after the inviter gave up", "80EE002A", "" },
        { "Reject of a message", "00000000", "" },
        { "Accept of a rejected message", "80EE002A", "" },

        // The server goes away in the middle of a session.
        { "a server that is doomed", "00000000", "" },
        { "a message when the server is lost", "80EE0088", "" },
        { "an invitation when the server is lost", "80EE0088", Refused },
        { "Terminate when the server is lost", "00000000", "3>5 removed terminated of mine" },
        { "Disable when the server is lost", "00000000", "terminated" },
        { "a server that never answers", "80EE000C", "" },

        // After Disable; a session of its own is over before the endpoint is.
        { "Disable ends what goes on", "00000000", "" },
        { "CreateSession after Disable", "80EE006D", "" },
        { "SendMessage after Disable", "80EE006D", "" },
        { "AddParticipant after Disable", "80EE006D", "" },
        { "Terminate after Disable", "80EE002A", "" },
        { "Enable after Disable", "80EE006D", "" },
        { "Disable twice", "80EE006D", "" },
        { "another server after Disable", "80EE006D", "" },

        // After Shutdown.
        { "Shutdown", "00000000", "" },
        { "Initialize after Shutdown", "80EE0027", "" },
        { "CreateEndpoint after Shutdown", "80EE0027", "" },
        { "Shutdown twice", "80EE0027", "" },
        { "Enable after Shutdown", "80EE0027", "" },
        { "Disable after Shutdown", "80EE0027", "" },
        { "CreateSession after Shutdown", "80EE0027", "" },
        { "SendMessage after Shutdown", "80EE0027", "" },
        { "Terminate after Shutdown", "80EE0027", "" },
        { "CreateParticipant after Shutdown", "80EE0027", "" },
    };

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Failure_has_its_code_its_events_and_its_words(string name, string code, string events)
    {
        WinePrefix.Demand();
        var seen = run.Of(name);
        Assert.Equal(code, seen.Code);
        if (events.Length > 0)
        {
            Assert.Equal(string.Format(CultureInfo.InvariantCulture, events, code), seen.Events);
        }

        Assert.True(seen.Words.Length > 0 || code == "00000000" || name == "a message when the server is lost", "There are no words.");
        Assert.DoesNotContain("secret", seen.Words, StringComparison.OrdinalIgnoreCase);
    }

    [SkippableTheory]
    [InlineData("Reject of a session", "I was answered 486")]
    [InlineData("Reject of a message", "I was answered 488")]
    public void Refusal_reaches_its_sender_with_its_status(string name, string heard)
    {
        WinePrefix.Demand();
        Assert.Equal(heard, run.Of(name).Words);
    }

    [SkippableFact]
    public void Every_case_of_the_program_is_expected()
    {
        WinePrefix.Demand();
        Assert.Equal(Cases.Select(c => (string)c[0]).Order(StringComparer.Ordinal), run.Names.Order(StringComparer.Ordinal));
    }
}
