using System.Net;
using ComIm.Server;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Conformance;

/// <summary>Every message of RFC 4475 and RFC 5118 sent to the embedded server, as a user of its domain sends it.</summary>
public sealed class ServerVectorTests
{
    // What a proxy that knows who may send, and what, answers to a message that the RFC finds nothing wrong with.
    private static readonly int[] Policy = [200, 202, 401, 403, 404, 405, 407, 480, 501];

    public static TheoryData<string, string> Vectors => ElementVectors.All();

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Datagram_ToTheServer_IsAnsweredAsTheRfcSays(string table, string file)
    {
        var vector = ElementVectors.Parse(table, file);
        var request = vector.Message as SipRequest;
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = request?.RequestUri?.Host ?? "example.com",
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new Everybody(),
        });
        using var peer = new DatagramPeer(server.LocalEndPoint, ElementVectors.ReplyPort(vector));
        var answers = await peer.SendAsync(VectorTable.Bytes(table, file), request is not null);
        if (request is null)
        {
            Assert.Empty(answers);
            return;
        }

        var row = VectorTable.Row(table, file);
        var answer = Assert.Single(answers, a => !a.IsProvisional);
        var isRegister = request.Method == SipMethods.Register;
        var user = request.To?.Uri?.User;
        if (isRegister && answer.StatusCode == 401 && user is not null && !user.Any(char.IsControl))
        {
            answer = await AuthenticateAsync(peer, request, answer, user);
        }

        // An address of record in another domain is none of this registrar's.
        var isForeign = isRegister && request.To?.Uri is { } to && to.Host != server.Domain;
        Assert.Contains(answer.StatusCode, isForeign ? [404] : Expected(row, isRegister));
        if (answer.StatusCode == 420)
        {
            Assert.Equal("noProxiesSupportThis, norDoAnyProxiesSupportThis", answer.Headers.Get(HeaderId.Unsupported));
        }
    }

    [Theory]
    [InlineData("cparam01.dat")]
    [InlineData("cparam02.dat")]
    [InlineData("regescrt.dat")]
    [InlineData("dblreq.dat")]
    public async Task Register_ByItsUser_IsBoundToTheVectorsContact(string file)
    {
        var vector = ElementVectors.Parse("rfc4475", file);
        var request = (SipRequest)vector.Message!;
        await using var server = await ImServer.StartAsync(new ImServerOptions
        {
            Domain = "example.com",
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            Users = new Everybody(),
        });
        using var peer = new DatagramPeer(server.LocalEndPoint, ElementVectors.ReplyPort(vector));
        var challenge = Assert.Single(await peer.SendAsync(VectorTable.Bytes("rfc4475", file), true), a => !a.IsProvisional);
        var answer = await AuthenticateAsync(peer, request, challenge, request.To!.Uri!.User!);
        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(request.Contact!.Uri!.ToString(), answer.Contact!.Uri!.ToString());
    }

    private static int[] Expected(IReadOnlyDictionary<string, string> row, bool isRegister)
    {
        var codes = ElementVectors.Codes(row, isRegister ? "status" : "status-proxy");
        return row["verdict"] == "accept" ? (isRegister ? [200, 401] : codes.Contains(483) ? [483] : Policy)
            : codes.Length == 0 ? Policy
            : row["force"] == "may" ? [.. codes, .. Policy] : codes;
    }

    // The same request again, with the proof that it comes from its user.
    private static async Task<SipResponse> AuthenticateAsync(DatagramPeer peer, SipRequest request, SipResponse challenge, string user)
    {
        var authenticator = new RequestAuthenticator(new SipCredential(user, Everybody.Password));
        Assert.True(authenticator.Accept(challenge, request));
        var again = request.Copy();
        var via = again.TopVia!.ToString();
        again.Headers.ReplaceFirstValue(HeaderId.Via, via.Replace("branch=z9hG4bK", "branch=z9hG4bKagain", StringComparison.Ordinal));
        again.Headers.Remove(HeaderId.Authorization);
        authenticator.Authorize(again);
        return Assert.Single(await peer.SendAsync(again.ToBytes(), true), a => !a.IsProvisional);
    }

    private sealed class Everybody : IUserStore
    {
        public const string Password = "secret";

        public string? FindPassword(string userName) => Password;
    }
}
