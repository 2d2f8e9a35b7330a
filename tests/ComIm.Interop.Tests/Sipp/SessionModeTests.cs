using ComIm.Interop.Tests.Table;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>Sessions for messages, both ways, 1,000 times, against a peer that is none of our code.</summary>
public sealed class SessionModeTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_ToOurStack_RunToTheirEnd(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var peer = new SippPeer(tcp);

        var result = await SippRunner.RunAsync(SippScenarios.Load("session", tcp) with { Remote = peer.EndPoint });

        SippScenarios.AssertNoneFailed(result);
        Assert.Equal((SippScenarios.Calls, 0), peer.Seen(SipMethods.Message));
        Assert.Equal((2 * SippScenarios.Calls, 0), peer.Seen(SipMethods.Invite));
        InteropTable.Record(Peer.Sipp, Capability.SessionFrom, "yes, 1,000 times");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_ThatAreTakenBack_EndWith487(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var peer = new SippPeer(tcp);

        var result = await SippRunner.RunAsync(SippScenarios.Load("cancel", tcp) with { Remote = peer.EndPoint });

        SippScenarios.AssertNoneFailed(result);
        Assert.Equal((SippScenarios.Calls, 0), peer.Seen(SipMethods.Invite));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_OfOurStack_RunToTheirEnd(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var callee = await SippRunner.ListenAsync(SippScenarios.Load("answer-session", tcp));
        await using var peer = new SippPeer(tcp, callee.EndPoint, repliesInSession: false);

        var statuses = await SippScenarios.RunManyAsync(_ => peer.CallAsync());

        Assert.All(statuses, s => Assert.Equal([200, 200, 200, 200], s));
        SippScenarios.AssertNoneFailed(await callee.CompleteAsync());
        Assert.Equal((SippScenarios.Calls, 0), peer.Seen(SipMethods.Message));
        InteropTable.Record(Peer.Sipp, Capability.SessionTo, "yes, 1,000 times");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_ThatWeTakeBack_EndWith487(bool tcp)
    {
        Skip.IfNot(Requires.Sipp(out var reason), reason);
        await using var callee = await SippRunner.ListenAsync(SippScenarios.Load("answer-cancel", tcp));
        await using var peer = new SippPeer(tcp, callee.EndPoint);

        var statuses = await SippScenarios.RunManyAsync(_ => peer.CallAndCancelAsync());

        Assert.All(statuses, status => Assert.Equal(487, status));
        SippScenarios.AssertNoneFailed(await callee.CompleteAsync());
    }
}
