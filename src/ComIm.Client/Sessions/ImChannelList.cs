using ComIm.Client.Accounts;
using ComIm.Sip.Messages;

namespace ComIm.Client.Sessions;

/// <summary>The channels of an account, for as long as their users hold them: whoever lets go of one is asked no more.</summary>
internal sealed class ImChannelList(ImAccount account)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, WeakReference<ImChannel>> _byPeer = [];

    /// <summary>The channel of an address; one for all who ask for it.</summary>
    public ImChannel Open(SipUri peer)
    {
        lock (_gate)
        {
            if (Find(peer) is { } known)
            {
                return known;
            }

            foreach (var abandoned in _byPeer.Where(e => !e.Value.TryGetTarget(out _)).Select(e => e.Key).ToList())
            {
                _byPeer.Remove(abandoned);
            }

            var added = new ImChannel(account, peer);
            _byPeer[peer] = new WeakReference<ImChannel>(added);
            return added;
        }
    }

    /// <summary>The channel that takes what comes from an address; null where there is none.</summary>
    public ImChannel? Find(SipUri peer)
    {
        lock (_gate)
        {
            return _byPeer.TryGetValue(peer, out var reference) && reference.TryGetTarget(out var channel) ? channel : null;
        }
    }
}
