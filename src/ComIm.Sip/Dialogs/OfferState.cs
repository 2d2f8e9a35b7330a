namespace ComIm.Sip.Dialogs;

/// <summary>
/// Which offers are open in a dialog, ours and the peer's (RFC 3261 section 14, RFC 3311 section 5). Every method is one
/// input. Not safe for use by several threads.
/// </summary>
public sealed class OfferState
{
    private Local _local;
    private Remote _remote;

    private enum Local
    {
        None,
        Invite,
        UpdateWithOffer,
        UpdateWithoutOffer,
    }

    private enum Remote
    {
        None,
        InviteUnanswered,
        InviteUnacknowledged,
        Update,
    }

    /// <summary>We want to send an INVITE: not while another is open in either direction (RFC 3261 section 14.1).</summary>
    /// <returns>False where it has to wait.</returns>
    public bool TryBeginInvite()
    {
        if (_local != Local.None || _remote != Remote.None)
        {
            return false;
        }

        _local = Local.Invite;
        return true;
    }

    /// <summary>We want to send an UPDATE (RFC 3311 section 5.1).</summary>
    /// <param name="hasOffer">Without an offer it disturbs nobody but another UPDATE.</param>
    /// <returns>False where it has to wait.</returns>
    public bool TryBeginUpdate(bool hasOffer)
    {
        if (_local != Local.None || (hasOffer && _remote is Remote.InviteUnanswered or Remote.Update))
        {
            return false;
        }

        _local = hasOffer ? Local.UpdateWithOffer : Local.UpdateWithoutOffer;
        return true;
    }

    /// <summary>Our INVITE or UPDATE has its final response.</summary>
    public void EndLocal() => _local = Local.None;

    /// <summary>The peer's INVITE came in.</summary>
    public OfferVerdict ReceiveInvite()
    {
        if (_remote is Remote.InviteUnanswered or Remote.Update)
        {
            return OfferVerdict.Busy;
        }

        if (_local is Local.Invite or Local.UpdateWithOffer)
        {
            return OfferVerdict.Glare;
        }

        // One that waits for its ACK is over for the peer, who knew our 2xx when this one was sent.
        _remote = Remote.InviteUnanswered;
        return OfferVerdict.Accept;
    }

    /// <summary>The peer's UPDATE came in.</summary>
    /// <param name="hasOffer">Whether it has a body.</param>
    public OfferVerdict ReceiveUpdate(bool hasOffer)
    {
        if (_remote == Remote.Update || (hasOffer && _remote == Remote.InviteUnanswered))
        {
            return OfferVerdict.Busy;
        }

        if (hasOffer && _local is Local.Invite or Local.UpdateWithOffer)
        {
            return OfferVerdict.Glare;
        }

        if (_remote == Remote.None)
        {
            _remote = Remote.Update;
        }

        return OfferVerdict.Accept;
    }

    /// <summary>We have sent a 2xx to the peer's INVITE; its ACK is awaited.</summary>
    public void AcceptInvite() => _remote = Remote.InviteUnacknowledged;

    /// <summary>We have refused the peer's INVITE, or its ACK has come or is given up.</summary>
    public void EndRemoteInvite() => _remote = _remote == Remote.Update ? Remote.Update : Remote.None;

    /// <summary>We have answered the peer's UPDATE.</summary>
    public void EndRemoteUpdate() => _remote = _remote == Remote.Update ? Remote.None : _remote;
}
