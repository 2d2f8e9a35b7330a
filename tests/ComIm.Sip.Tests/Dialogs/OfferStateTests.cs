using ComIm.Sip.Dialogs;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class OfferStateTests
{
    public static TheoryData<string, string, string> Pairs { get; } = new()
    {
        // state, input, what comes of it (RFC 3261 section 14.1, 14.2; RFC 3311 section 5.1, 5.2)
        { "none", "send invite", "yes" },
        { "none", "send update", "yes" },
        { "none", "send empty update", "yes" },
        { "none", "invite", "Accept" },
        { "none", "update", "Accept" },
        { "none", "empty update", "Accept" },
        { "our invite", "send invite", "no" },
        { "our invite", "send update", "no" },
        { "our invite", "send empty update", "no" },
        { "our invite", "invite", "Glare" },
        { "our invite", "update", "Glare" },
        { "our invite", "empty update", "Accept" },
        { "our update", "send invite", "no" },
        { "our update", "send update", "no" },
        { "our update", "send empty update", "no" },
        { "our update", "invite", "Glare" },
        { "our update", "update", "Glare" },
        { "our update", "empty update", "Accept" },
        { "our empty update", "send invite", "no" },
        { "our empty update", "send update", "no" },
        { "our empty update", "send empty update", "no" },
        { "our empty update", "invite", "Accept" },
        { "our empty update", "update", "Accept" },
        { "our empty update", "empty update", "Accept" },
        { "their invite", "send invite", "no" },
        { "their invite", "send update", "no" },
        { "their invite", "send empty update", "yes" },
        { "their invite", "invite", "Busy" },
        { "their invite", "update", "Busy" },
        { "their invite", "empty update", "Accept" },
        { "their invite unacknowledged", "send invite", "no" },
        { "their invite unacknowledged", "send update", "yes" },
        { "their invite unacknowledged", "send empty update", "yes" },
        { "their invite unacknowledged", "invite", "Accept" },
        { "their invite unacknowledged", "update", "Accept" },
        { "their invite unacknowledged", "empty update", "Accept" },
        { "their update", "send invite", "no" },
        { "their update", "send update", "no" },
        { "their update", "send empty update", "yes" },
        { "their update", "invite", "Busy" },
        { "their update", "update", "Busy" },
        { "their update", "empty update", "Busy" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Input_InState_IsDecidedByTheRfc(string state, string input, string expected) =>
        Assert.Equal(expected, Put(In(state), input));

    [Theory]
    [InlineData("our invite")]
    [InlineData("our update")]
    [InlineData("our empty update")]
    public void EndLocal_OpensTheWay(string state)
    {
        var offers = In(state);
        offers.EndLocal();
        Assert.Equal("yes", Put(offers, "send invite"));
    }

    [Theory]
    [InlineData("their invite")]
    [InlineData("their invite unacknowledged")]
    public void EndRemoteInvite_OpensTheWay(string state)
    {
        var offers = In(state);
        offers.EndRemoteInvite();
        Assert.Equal("yes", Put(offers, "send invite"));
    }

    [Fact]
    public void EndRemoteUpdate_OpensTheWay()
    {
        var offers = In("their update");
        offers.EndRemoteInvite();
        Assert.Equal("no", Put(offers, "send invite"));
        offers.EndRemoteUpdate();
        Assert.Equal("yes", Put(offers, "send invite"));
    }

    private static OfferState In(string state)
    {
        var offers = new OfferState();
        switch (state)
        {
            case "our invite": offers.TryBeginInvite(); break;
            case "our update": offers.TryBeginUpdate(true); break;
            case "our empty update": offers.TryBeginUpdate(false); break;
            case "their invite": offers.ReceiveInvite(); break;
            case "their invite unacknowledged": offers.ReceiveInvite(); offers.AcceptInvite(); break;
            case "their update": offers.ReceiveUpdate(true); break;
            default: break;
        }

        return offers;
    }

    private static string Put(OfferState offers, string input) => input switch
    {
        "send invite" => offers.TryBeginInvite() ? "yes" : "no",
        "send update" => offers.TryBeginUpdate(true) ? "yes" : "no",
        "send empty update" => offers.TryBeginUpdate(false) ? "yes" : "no",
        "invite" => offers.ReceiveInvite().ToString(),
        "update" => offers.ReceiveUpdate(true).ToString(),
        _ => offers.ReceiveUpdate(false).ToString(),
    };
}
