using System.Globalization;
using System.Text;
using ComIm.Sip.Authentication;

namespace ComIm.Sip.Tests.Authentication;

/// <summary>One row of Data/digest.tsv; the README beside it explains the columns.</summary>
public sealed record DigestVector(
    DigestAlgorithm Algorithm, string? Qop, string UserName, string Realm, string Password, string Method, string Uri, string Nonce,
    string? NonceCount, string? ClientNonce, byte[] Body, string Response, string? UserHash)
{
    private static readonly Lazy<IReadOnlyList<DigestVector>> Rows = new(Read);

    public static IReadOnlyList<DigestVector> All => Rows.Value;

    public DigestInput Input => new(Method, Uri, Nonce, Qop, NonceCount, ClientNonce, Body);

    public string A1
    {
        get
        {
            var a1 = DigestHash.A1(Algorithm, UserName, Realm, Password);
            return DigestAlgorithms.IsSession(Algorithm) ? DigestHash.SessionA1(Algorithm, a1, Nonce, ClientNonce!) : a1;
        }
    }

    private static List<DigestVector> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "digest.tsv"));
        var names = lines[0].Split('\t');
        return lines.Skip(1).Where(l => l.Length > 0).Select(l => Parse(names, l.Split('\t'))).ToList();
    }

    private static DigestVector Parse(string[] names, string[] cells)
    {
        byte[] Bytes(string name) => Unescape(cells[Array.IndexOf(names, name)]);
        string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
        string? Optional(string name) => Text(name) is { Length: > 0 } text ? text : null;

        Assert.True(DigestAlgorithms.TryParse(Text("algorithm"), out var algorithm), Text("algorithm"));
        return new DigestVector(
            algorithm, Optional("qop"), Text("username"), Text("realm"), Text("password"), Text("method"), Text("uri"), Text("nonce"),
            Optional("nc"), Optional("cnonce"), Bytes("entity-body"), Text("expected-response"), Optional("userhash"));
    }

    private static byte[] Unescape(string cell)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\')
            {
                bytes.Add(byte.Parse(cell.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                bytes.Add((byte)cell[i]);
            }
        }

        return [.. bytes];
    }
}
