using System.Reflection.PortableExecutable;

namespace ComIm.Com.Registration;

/// <summary>The files that the registration names.</summary>
/// <param name="ComHost">The full path of the library that COM loads.</param>
/// <param name="Bits">Its bitness: 64 or 32.</param>
/// <param name="Command">The command line of a process that serves clients; COM adds <c>-Embedding</c>.</param>
internal sealed record ServerFiles(string ComHost, int Bits, string Command)
{
    /// <summary>The files beside this assembly.</summary>
    /// <exception cref="RegistrationException">There is no comhost.</exception>
    public static ServerFiles Find()
    {
        var comHost = ComServer.FindComHost() ?? throw new RegistrationException(
            $"{ComServer.ComHostFile} is not beside the program. Install ComIm again, or build src/ComIm.Com.");
        return new ServerFiles(comHost, BitsOf(comHost), CommandOf(comHost));
    }

    /// <summary>The folder of all of them.</summary>
    public string Folder { get; } = ComHost[..Math.Max(0, ComHost.LastIndexOf('\\'))];

    /// <summary>Another file of the folder. Not Path.Combine, which on Linux, where the keys are tested, knows no backslash.</summary>
    public string Beside(string file) => Folder + '\\' + file;

    private static int BitsOf(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.PEHeaders.PEHeader!.Magic == PEMagic.PE32Plus ? 64 : 32;
    }

    // comim.exe; in a build that has only comim.dll, whatever program runs it now.
    private static string CommandOf(string comHost)
    {
        var folder = Path.GetDirectoryName(comHost)!;
        var program = Path.Combine(folder, "comim.exe");
        return File.Exists(program)
            ? $"\"{program}\" {ServeCommand}"
            : $"\"{Environment.ProcessPath}\" \"{Path.Combine(folder, "comim.dll")}\" {ServeCommand}";
    }

    /// <summary>The command of comim that serves COM clients.</summary>
    public const string ServeCommand = "com-server";
}
