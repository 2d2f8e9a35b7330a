using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace ComIm.HelpGenerator;

/// <summary>Writes pages as MAML, the form that Get-Help reads: the text from the page, syntax and types from the cmdlet.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes a help file.</summary>
    /// <param name="cmdlets">Each cmdlet with its page.</param>
    public static XDocument Write(IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> cmdlets) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XComment(" Made by tests/ComIm.HelpGenerator from module/help; change those pages, not this file. "),
        new XElement(Help + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(c => CommandOf(c.Cmdlet, c.Page))));

    private static XElement CommandOf(CmdletInfo cmdlet, HelpPage page) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Text(Maml + "description", [page.Synopsis])),
        Text(Maml + "description", page.Description),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => SyntaxOf(cmdlet, set))),
        new XElement(Command + "parameters", Described(cmdlet).Select(p => ParameterOf(cmdlet, p, page, isFull: true)), CommonOf(cmdlet)),
        new XElement(Command + "inputTypes", page.Inputs.Select(type => TypeOf(Command + "inputType", type))),
        new XElement(Command + "returnValues", page.Outputs.Select(type => TypeOf(Command + "returnValue", type))),
        new XElement(Maml + "alertSet", page.Notes is [] ? null : Text(Maml + "alert", page.Notes)),
        new XElement(Command + "examples", page.Examples.Select(ExampleOf)),
        new XElement(
            Command + "relatedLinks",
            page.Links.Select(link => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", link), new XElement(Maml + "uri")))));

    /// <summary>Each parameter once: the attribute of the set that stands first.</summary>
    private static IEnumerable<CmdletParameter> Described(CmdletInfo cmdlet) =>
        cmdlet.Parameters.DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal);

    private static XElement SyntaxOf(CmdletInfo cmdlet, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        cmdlet.ParametersOf(set).Select(p => ParameterOf(cmdlet, p, page: null, isFull: false)),
        CommonOf(cmdlet));

    private static XElement ParameterOf(CmdletInfo cmdlet, CmdletParameter parameter, HelpPage? page, bool isFull)
    {
        var isSwitch = parameter.Type == typeof(SwitchParameter);
        var typeName = NameOf(parameter.Type);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Bool(parameter.IsMandatory)),
            new XAttribute("variableLength", Bool(parameter.Type.IsArray)),
            new XAttribute("globbing", Bool(parameter.TakesWildcards)),
            new XAttribute("pipelineInput", PipelineOf(parameter)),
            new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Names is [_, .. var aliases] && aliases.Length > 0 ? string.Join(", ", aliases) : "none"),
            new XElement(Maml + "name", parameter.Name),
            page is null ? null : Text(Maml + "description", page.Parameters[parameter.Name]),
            isSwitch && !isFull ? null : new XElement(Command + "parameterValue", new XAttribute("required", Bool(!isSwitch)), new XAttribute("variableLength", Bool(parameter.Type.IsArray)), typeName),
            parameter.Type.IsEnum && !isFull
                ? new XElement(Command + "parameterValueGroup", Enum.GetNames(parameter.Type).Select(value =>
                    new XElement(Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value)))
                : null,
            new XElement(Dev + "type", new XElement(Maml + "name", typeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.DefaultOn(Activator.CreateInstance(cmdlet.Type)!) ?? (isSwitch ? "False" : "None")));
    }

    /// <summary>-WhatIf and -Confirm, which the engine gives to every cmdlet that asks first.</summary>
    private static IEnumerable<XElement> CommonOf(CmdletInfo cmdlet) => cmdlet.SupportsShouldProcess
        ? [Common("WhatIf", "wi", "Shows what would happen, and does nothing."), Common("Confirm", "cf", "Asks before anything is done.")]
        : [];

    private static XElement Common(string name, string alias, string text) => new(
        Command + "parameter",
        new XAttribute("required", "false"),
        new XAttribute("variableLength", "false"),
        new XAttribute("globbing", "false"),
        new XAttribute("pipelineInput", "False"),
        new XAttribute("position", "named"),
        new XAttribute("aliases", alias),
        new XElement(Maml + "name", name),
        Text(Maml + "description", [text]),
        new XElement(Dev + "type", new XElement(Maml + "name", "SwitchParameter"), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", "False"));

    private static XElement ExampleOf(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
        new XElement(Dev + "code", example.Code),
        // The empty line between this example and the next.
        Text(Dev + "remarks", [.. example.Remarks, ""]));

    private static XElement TypeOf(XName name, HelpType type) => new(
        name,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        Text(Maml + "description", type.Text.Length > 0 ? [type.Text] : []));

    private static XElement Text(XName name, IReadOnlyList<string> paragraphs) =>
        new(name, paragraphs.Select(paragraph => new XElement(Maml + "para", paragraph)));

    private static string PipelineOf(CmdletParameter parameter) => (parameter.FromPipeline, parameter.FromPipelineByName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string NameOf(Type type) => type.IsArray ? NameOf(type.GetElementType()!) + "[]" : type.Name;

    private static string Bool(bool value) => value ? "true" : "false";
}
