using ComIm.Server.Conferencing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Conferencing;

public sealed class UnreadMessagesTests
{
    private static readonly int Size = Message(1).Size;

    [Fact]
    public void WhatIsKept_IsGivenOutOnceAndInOrder()
    {
        var unread = new UnreadMessages(10 * Size);

        unread.Keep("bob", [Message(1), Message(2)]);
        unread.Keep("bob", [Message(2), Message(5)]);
        unread.Keep("carol", [Message(3)]);

        Assert.Equal([1, 2, 5], Take(unread, "bob"));
        Assert.Empty(Take(unread, "bob"));
        Assert.Equal([3], Take(unread, "carol"));
    }

    [Fact]
    public void TooMuch_LosesWhatIsKeptLongest()
    {
        var unread = new UnreadMessages(3 * Size);

        unread.Keep("alice", [Message(1)]);
        unread.Keep("bob", [Message(1), Message(2)]);
        unread.Keep("carol", [Message(3)]);

        Assert.Empty(Take(unread, "alice"));
        Assert.Equal([1, 2], Take(unread, "bob"));
        Assert.Equal([3], Take(unread, "carol"));

        unread.Keep("bob", [Message(1), Message(2), Message(3), Message(4)]);
        Assert.Empty(Take(unread, "bob"));
        unread.Keep("bob", [Message(1), Message(2), Message(3)]);
        Assert.Equal([1, 2, 3], Take(unread, "bob"));
    }

    private static IEnumerable<long> Take(UnreadMessages unread, string user) => unread.Take(user).Select(m => m.Number);

    private static RoomMessage Message(long number) => new(
        number, SipMethods.Message, new NameAddress(SipUri.Parse("sip:bob@example.com")), new SessionBody("text/plain", "x"u8.ToArray()), DateTimeOffset.UnixEpoch);
}
