using System.Threading.Channels;
using ComIm.Server.Conferencing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Conferencing;

public sealed class MemberOutboxTests
{
    [Fact]
    public async Task MessageThatCannotBeMade_HasFailed_AndTheNextOneGoes()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        var (session, _) = await alice.JoinAsync();
        var settled = Channel.CreateUnbounded<(long, int)>();
        var outbox = new MemberOutbox(session, int.MaxValue, (m, o) => settled.Writer.TryWrite((m.Number, o.StatusCode)), () => settled.Writer.TryComplete());

        outbox.Add(Message(1) with { Encoding = "a\r\nb" });
        outbox.Add(Message(2));

        Assert.Equal((1, 500), await settled.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard));
        Assert.Equal((2, 202), await settled.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard));
    }

    [Fact]
    public async Task WhatGoesWrongElsewhere_LosesTheMember_AndNotWhatWaits()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        var (session, _) = await alice.JoinAsync();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var outbox = new MemberOutbox(session, int.MaxValue, (_, _) => throw new InvalidOperationException(), () => lost.TrySetResult());

        outbox.Resume([Message(1), Message(2)]);

        await lost.Task.WaitAsync(TestDomain.Guard);
        Assert.Equal([1, 2], outbox.Close().Select(m => m.Number));
    }

    private static RoomMessage Message(long number) => new(
        number, SipMethods.Message, new NameAddress(SipUri.Parse("sip:bob@example.com")), new SessionBody("text/plain", "x"u8.ToArray()), DateTimeOffset.UnixEpoch);
}
