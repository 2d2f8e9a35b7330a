using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Conferencing;

/// <summary>What members ask of the room: bring somebody in, take somebody out (RFC 4579), its name, its lock, roles.</summary>
internal sealed partial class Room
{
    void ISessionHandler.OnRefer(InviteSession session, IncomingRefer refer) => OnRefer(refer);

    /// <summary>Takes a REFER outside a dialog.</summary>
    public void Refer(ServerTransaction transaction, string user)
    {
        if (_context.Agents.SessionsWith(Uri, user, transaction.Flow).ReceiveRefer(transaction) is { } refer)
        {
            OnRefer(refer);
        }
    }

    private void OnRefer(IncomingRefer refer)
    {
        if (Find(refer.Request.From?.Uri?.User) is not { } member)
        {
            refer.Reject(403);
        }
        else if (refer.ReferTo.Uri is not { User: { } user } uri || !_context.Own.IsDomain(uri) || _context.Users.FindPassword(user) is null)
        {
            refer.Reject(404);
        }
        else if (string.Equals(uri.Parameters.Get("method"), SipMethods.Bye, StringComparison.OrdinalIgnoreCase))
        {
            TakeOut(member, user, refer);
        }
        else if (uri.Parameters.Get("method") is null or SipMethods.Invite)
        {
            BringIn(member, user, refer);
        }
        else
        {
            refer.Reject(501);
        }
    }

    private void TakeOut(RoomMember asking, string user, IncomingRefer refer)
    {
        RoomMember? member;
        lock (_gate)
        {
            member = _members.Find(m => m.User == user);
            if (asking.Role == RoomRole.Leader && user != asking.User)
            {
                _removed.Add(user);
                _known.Remove(user);
            }
        }

        if (asking.Role != RoomRole.Leader && user != asking.User)
        {
            refer.Reject(403);
            return;
        }

        refer.Accept();
        _ = refer.ReportAsync(new SipResponse(member is null ? 404 : 200));
        if (member is not null)
        {
            member.CancelInvitation?.Invoke();
            var session = member.Session;
            Remove(member);
            Forget(user);
            _ = session?.ByeAsync();
        }
    }

    // Who was put out gets nothing more, also where he is asked in again.
    private void Forget(string user)
    {
        lock (_gate)
        {
            _unread.Take(user);
        }
    }

    private void BringIn(RoomMember asking, string user, IncomingRefer refer)
    {
        var (status, member) = Admit(asking, user);
        if (status >= 300)
        {
            refer.Reject(status);
            return;
        }

        refer.Accept();
        if (status == 200)
        {
            _ = refer.ReportAsync(new SipResponse(200));
        }
        else if (status == 182)
        {
            _ = ReportAsync(member!, refer);
        }
        else
        {
            _ = DialAsync(asking, member!, refer);
        }
    }

    /// <summary>Keeps a place for somebody who is to be asked in.</summary>
    /// <returns>100 where they are to be asked; 182 where somebody else asks them; 200 where they are there; else why not.</returns>
    private (int Status, RoomMember? Member) Admit(RoomMember asking, string user)
    {
        lock (_gate)
        {
            var member = _members.Find(m => m.User == user);
            if (_isOver)
            {
                return (404, null);
            }

            if ((_isLocked || _removed.Contains(user)) && asking.Role != RoomRole.Leader)
            {
                return (403, null);
            }

            if (member is not null)
            {
                return (member.IsConnected ? 200 : member.IsDialedOut ? 182 : 491, member);
            }

            if (_members.Count >= _context.Options.MaxParticipants)
            {
                return (503, null);
            }

            member = new RoomMember(user, AddressOf(user)) { IsDialedOut = true };
            _members.Add(member);
            _known.Add(user);
            _removed.Remove(user);
            return (100, member);
        }
    }

    private async Task DialAsync(RoomMember asking, RoomMember member, IncomingRefer refer)
    {
        using var cancellation = new CancellationTokenSource();
        lock (_gate)
        {
            member.CancelInvitation = () => Cancel(cancellation);
            Tell(facts => RosterDocument.Changed(facts, member));
        }

        var replaces = ReplacesHeader.Of(refer.ReferTo.Uri!);
        var (session, status) = ((InviteSession?)null, 500);
        try
        {
            (session, status) = await new DialOut(_context.Agents, Uri, _context.Time)
                .RunAsync(member.User, SipUri.Parse(member.Address), this, Prepare, cancellation.Token).ConfigureAwait(false);
        }
        finally
        {
            // Also where it went wrong: else those who asked would wait for ever, and the place would stay taken.
            Settle(member, session);
            member.Invited.TrySetResult(status);
            await refer.ReportAsync(new SipResponse(status)).ConfigureAwait(false);
        }

        void Prepare(SipRequest invite)
        {
            // On whose word (RFC 3892): the server has made sure of it.
            invite.Headers.Set(HeaderId.ReferredBy, new NameAddress(SipUri.Parse(asking.Address), asking.DisplayName).ToString());
            if (_subject is { Length: > 0 } subject)
            {
                invite.Headers.Set(HeaderId.Subject, subject);
            }

            if (replaces is not null)
            {
                // A chat of two moves into the room (RFC 3891); who does not know how is not to begin a second one.
                invite.Headers.Add("Replaces", replaces);
                invite.Headers.Add(HeaderId.Require, "replaces");
            }
        }
    }

    /// <summary>An invitation is over: the member is there, or is no more.</summary>
    private void Settle(RoomMember member, InviteSession? session)
    {
        lock (_gate)
        {
            member.CancelInvitation = null;
        }

        if (session is not null)
        {
            Enter(member.User, session);
        }
        else
        {
            Remove(member, () => member is { IsConnected: false, IsJoining: false });
        }
    }

    private static async Task ReportAsync(RoomMember member, IncomingRefer refer) =>
        await refer.ReportAsync(new SipResponse(await member.Invited.Task.ConfigureAwait(false))).ConfigureAwait(false);

    private static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The invitation has been answered meanwhile.
        }
    }

    private void OnCommand(ServerTransaction transaction, RoomMember member, SessionBody body)
    {
        if (RoomCommand.Read(body.Content) is not { } command)
        {
            transaction.Respond(400, "Unknown Command");
            return;
        }

        var status = member.Role == RoomRole.Leader ? Execute(command) : 403;
        var response = transaction.CreateResponse(status);
        var answer = command.Answer(status == 200);
        response.SetBody(answer.ContentType, answer.Content);
        transaction.Respond(response);
    }

    private int Execute(RoomCommand command)
    {
        lock (_gate)
        {
            if (command.RoleOf is { } address)
            {
                var user = SipUri.TryParse(address, out var uri) && _context.Own.IsDomain(uri) ? uri.User : null;
                if (_members.Find(m => m.User == user) is not { } member)
                {
                    return 404;
                }

                member.Role = command.Role;
                Tell(facts => RosterDocument.Changed(facts, member));
                Promote();
                return 200;
            }

            if (command.Subject is { Length: > PrintableText.MaxLength })
            {
                return 413;
            }

            _subject = command.Subject is { } subject ? PrintableText.Of(subject) : _subject;
            _isLocked = command.Locked ?? _isLocked;
            Tell(RosterDocument.Renamed);
            return 200;
        }
    }
}
