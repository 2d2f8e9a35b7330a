using ComIm.Sip.Messages;

namespace ComIm.Client.Sessions;

/// <summary>The sessions of one account that have begun and are not over; what is over is let go of.</summary>
internal sealed class ImSessionList
{
    /// <summary>Sessions at once; who begins one more is told that we are busy.</summary>
    public const int MaxSessions = Conversations.ConversationList.MaxSessions;

    private readonly Lock _gate = new();
    private readonly HashSet<ImSession> _sessions = [];
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Whether others may begin no more.</summary>
    public bool IsFull => Count >= MaxSessions;

    /// <summary>A session begins; false where the account is closing.</summary>
    public bool TryAdd(ImSession session)
    {
        lock (_gate)
        {
            return !_isClosed && _sessions.Add(session);
        }
    }

    /// <summary>The last session that has begun with somebody; of those that are connected before others. Null where there is none.</summary>
    public ImSession? Find(SipUri peer)
    {
        lock (_gate)
        {
            return _sessions.Where(s => s.IsWith(peer)).OrderByDescending(s => s.State == ImSessionState.Connected).FirstOrDefault();
        }
    }

    public void Remove(ImSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    /// <summary>Ends every session; there will be no further ones.</summary>
    public void Close()
    {
        ImSession[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _sessions];
        }

        foreach (var session in left)
        {
            session.Close();
        }
    }
}
