using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Location;

/// <summary>
/// A stub resolver (RFC 1034 section 5.3.1): asks the servers it is given in turn, follows aliases, and remembers the
/// answers. Who asks what is being asked already waits for the same answer (RFC 5452 section 5).
/// </summary>
internal sealed class DnsResolver(Func<IReadOnlyList<IPEndPoint>> servers, IDnsExchange exchange, TimeProvider time, int cacheCapacity)
{
    private const int Rounds = 2;
    private const int MaxPending = 1000;

    // The wait doubles in the second round.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DnsCache _cache = new(time, cacheCapacity);
    private readonly Lock _gate = new();
    private readonly Dictionary<DnsQuestion, Task<DnsAnswer>> _pending = [];

    /// <summary>Looks records up.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="cancellationToken">Stops waiting; the answer is remembered all the same when it comes.</param>
    public Task<DnsAnswer> LookupAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        var question = new DnsQuestion(name.EndsWith('.') ? name[..^1] : name, type);
        if (_cache.Get(question) is { } known)
        {
            return Task.FromResult(known);
        }

        Task<DnsAnswer>? pending;
        lock (_gate)
        {
            if (!_pending.TryGetValue(question, out pending))
            {
                if (_pending.Count >= MaxPending)
                {
                    return Task.FromResult(DnsAnswer.Failed);
                }

                pending = Task.Run(() => ResolveAsync(question), CancellationToken.None);
                _pending[question] = pending;
            }
        }

        return pending.WaitAsync(cancellationToken);
    }

    private async Task<DnsAnswer> ResolveAsync(DnsQuestion question)
    {
        try
        {
            var answer = await FollowAsync(question).ConfigureAwait(false);
            _cache.Set(question, answer);
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _pending.Remove(question);
            }
        }
    }

    private async Task<DnsAnswer> FollowAsync(DnsQuestion question)
    {
        var chain = new DnsAliasChain(question);
        while (true)
        {
            if (DnsQuery.Create(chain.Next, useEdns: true) is null)
            {
                return DnsAnswer.NoSuchName;
            }

            if (await AskServersAsync(chain.Next).ConfigureAwait(false) is not { } message)
            {
                return DnsAnswer.Failed;
            }

            if (chain.Take(message) is { } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>Asks one server after the other. Who cannot say is not asked again; who is silent gets a second chance.</summary>
    private async Task<DnsMessage?> AskServersAsync(DnsQuestion question)
    {
        var left = servers().ToList();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var server in left.ToList())
            {
                using var patience = new CancellationTokenSource(Patience * (1 << round), time);
                try
                {
                    var message = await AskAsync(server, question, patience.Token).ConfigureAwait(false);
                    if (message.Code is DnsResponseCode.NoError or DnsResponseCode.NameError)
                    {
                        return message;
                    }

                    left.Remove(server);
                }
                catch (OperationCanceledException)
                {
                    // Silence.
                }
                catch (Exception e) when (e is SocketException or IOException)
                {
                    left.Remove(server);
                }
            }
        }

        return null;
    }

    private async Task<DnsMessage> AskAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        var message = await exchange.AskAsync(server, DnsQuery.Create(question, useEdns: true)!, cancellationToken).ConfigureAwait(false);

        // A server of before EDNS0 (RFC 6891 section 7).
        return message.Code is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented
            ? await exchange.AskAsync(server, DnsQuery.Create(question, useEdns: false)!, cancellationToken).ConfigureAwait(false)
            : message;
    }
}
