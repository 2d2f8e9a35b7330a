using System.Security.Cryptography.X509Certificates;
using ComIm.TestKit;

namespace ComIm.Cli.Tests.Documentation;

/// <summary>Where a block of a README runs: an empty folder with the files that the READMEs speak of.</summary>
internal sealed class ReadmeFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-readme-");

    public ReadmeFolder()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        Write("server.pem", certificate.ExportCertificatePem());
        Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Write("users.txt", "carol:secret\n");
    }

    /// <summary>The folder.</summary>
    public string Path => _folder.FullName;

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
