namespace ComIm.HelpGenerator;

/// <summary>What a page of module/help says of a cmdlet.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Parameters">Paragraphs for each parameter, under its name.</param>
/// <param name="Examples">At least one for each parameter set.</param>
/// <param name="Inputs">What can be piped in.</param>
/// <param name="Outputs">What comes out.</param>
/// <param name="Notes">Paragraphs; often none.</param>
/// <param name="Links">Other cmdlets.</param>
internal sealed record HelpPage(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpType> Inputs,
    IReadOnlyList<HelpType> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Links);

/// <summary>An example.</summary>
/// <param name="Set">The parameter set that it shows; empty where the cmdlet has but one.</param>
/// <param name="Title">What it does.</param>
/// <param name="Code">The lines as they are typed.</param>
/// <param name="Remarks">Paragraphs.</param>
internal sealed record HelpExample(string Set, string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type that is piped in or comes out.</summary>
/// <param name="Name">Its full name, or None.</param>
/// <param name="Text">What it is.</param>
internal sealed record HelpType(string Name, string Text);
