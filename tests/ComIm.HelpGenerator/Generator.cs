using System.Text;
using System.Xml;

namespace ComIm.HelpGenerator;

/// <summary>Makes the help file of the staged module.</summary>
internal static class Generator
{
    /// <summary>The pages.</summary>
    public static string PagesFolder { get; } = Path.GetFullPath(Path.Combine(StagedModule.Folder, "..", "help"));

    /// <summary>What Get-Help reads; the engine knows it by the name of the assembly.</summary>
    public static string HelpFile { get; } = Path.Combine(StagedModule.Folder, "en-US", "ComIm.PowerShell.dll-Help.xml");

    /// <summary>Every cmdlet with its page.</summary>
    public static IReadOnlyList<(CmdletInfo Cmdlet, HelpPage Page)> Pages =>
    [
        .. StagedModule.CmdletInfos.Values.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
            .Select(cmdlet => (cmdlet, HelpPageReader.Read(Path.Combine(PagesFolder, cmdlet.Name + ".md")))),
    ];

    /// <summary>The text of the help file.</summary>
    public static string Generate()
    {
        using var text = new Utf8Text();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            MamlWriter.Write(Pages).Save(writer);
        }

        return text + "\n";
    }

    // A StringWriter declares UTF-16.
    private sealed class Utf8Text() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
