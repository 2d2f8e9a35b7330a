using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace ComIm.Sip.Transport.Streams;

/// <summary>The open connections of one transport, found by where they lead; and how many others have made.</summary>
internal sealed class ConnectionTable(SipTransportLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPEndPoint, List<StreamConnection>> _open = [];
    private readonly Dictionary<IPEndPoint, List<StreamConnection>> _aliases = [];
    private readonly Dictionary<IPAddress, int> _inboundBySource = [];
    private int _inbound;

    /// <summary>Every open connection.</summary>
    public IReadOnlyList<StreamConnection> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _open.Values.SelectMany(list => list)];
            }
        }
    }

    /// <summary>Counts a connection that another makes; false where there are too many. <see cref="Leave"/> ends the count.</summary>
    public bool TryEnter(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        lock (_gate)
        {
            var count = _inboundBySource.GetValueOrDefault(source);
            if (_inbound >= limits.MaxConnections || count >= limits.MaxConnectionsPerAddress)
            {
                return false;
            }

            _inbound++;
            _inboundBySource[source] = count + 1;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Leave(IPAddress address)
    {
        var source = SourceNetwork.Of(address);
        lock (_gate)
        {
            _inbound--;
            if (--_inboundBySource[source] == 0)
            {
                _inboundBySource.Remove(source);
            }
        }
    }

    /// <summary>
    /// The newest connection to a target. Over one whose peer has proved other names, nothing for this name goes; and over
    /// one lent backwards (RFC 5923) only what names a domain that its peer has proved.
    /// </summary>
    public bool TryFind(SipTarget target, [MaybeNullWhen(false)] out StreamConnection connection)
    {
        lock (_gate)
        {
            connection = Newest(_open, target) ?? (target.HostName is null ? null : Newest(_aliases, target));
            return connection is not null;
        }
    }

    /// <summary>Adds an open connection.</summary>
    public void Add(StreamConnection connection)
    {
        lock (_gate)
        {
            Add(_open, connection.Remote, connection);
        }
    }

    /// <summary>Lends an open connection to requests for another address of its peer (RFC 5923 section 8.2).</summary>
    public void AddAlias(IPEndPoint address, StreamConnection connection)
    {
        lock (_gate)
        {
            if (!_aliases.TryGetValue(address, out var list) || !list.Contains(connection))
            {
                Add(_aliases, address, connection);
            }
        }
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(StreamConnection connection)
    {
        lock (_gate)
        {
            Remove(_open, connection.Remote, connection);
            foreach (var address in _aliases.Where(a => a.Value.Contains(connection)).Select(a => a.Key).ToList())
            {
                Remove(_aliases, address, connection);
            }
        }
    }

    private static StreamConnection? Newest(Dictionary<IPEndPoint, List<StreamConnection>> table, SipTarget target) =>
        table.GetValueOrDefault(target.EndPoint)?.FindLast(c => !c.IsClosed && c.Serves(target.HostName));

    private static void Add(Dictionary<IPEndPoint, List<StreamConnection>> table, IPEndPoint address, StreamConnection connection)
    {
        if (!table.TryGetValue(address, out var list))
        {
            table[address] = list = new List<StreamConnection>(1);
        }

        list.Add(connection);
    }

    private static void Remove(Dictionary<IPEndPoint, List<StreamConnection>> table, IPEndPoint address, StreamConnection connection)
    {
        if (table.TryGetValue(address, out var list) && list.Remove(connection) && list.Count == 0)
        {
            table.Remove(address);
        }
    }
}
