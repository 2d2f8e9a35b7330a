using System.Management.Automation;
using System.Reflection;
using System.Security;

namespace ComIm.PowerShell.Tests;

/// <summary>The conventions that users of a module rely on, checked on every cmdlet there is.</summary>
public sealed class CmdletTests
{
    public static TheoryData<string> Names => [.. StagedModule.CmdletInfos.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_HasAnApprovedVerbAndOurNoun(string name)
    {
        var cmdlet = StagedModule.CmdletInfos[name];
        Assert.Contains(cmdlet.Verb, ApprovedVerbs());
        Assert.StartsWith("Im", cmdlet.Noun, StringComparison.Ordinal);
        Assert.Equal(cmdlet.Verb + cmdlet.Noun + "Command", cmdlet.Type.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_AreExplained(string name)
    {
        Assert.NotEmpty(StagedModule.CmdletInfos[name].Parameters);
        foreach (var parameter in StagedModule.CmdletInfos[name].Parameters)
        {
            Assert.False(string.IsNullOrWhiteSpace(parameter.Help), $"{name} -{parameter.Name} has no help message.");
            Assert.EndsWith(".", parameter.Help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Secrets_ComeAsCredentialsOnly(string name)
    {
        foreach (var parameter in StagedModule.CmdletInfos[name].Parameters)
        {
            Assert.DoesNotContain("password", parameter.Name, StringComparison.OrdinalIgnoreCase);
            Assert.NotEqual(typeof(SecureString), parameter.Property.PropertyType);
            var type = parameter.Property.PropertyType;
            Assert.Equal(parameter.Name == "Credential", type == typeof(PSCredential) || type == typeof(PSCredential[]));

            // The engine makes one credential of a name by asking for the password; of several it cannot.
            Assert.Equal(type == typeof(PSCredential), parameter.IsCredential);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Aliases_AreUniqueInACmdlet(string name)
    {
        var names = StagedModule.CmdletInfos[name].Parameters.DistinctBy(parameter => parameter.Name).SelectMany(parameter => parameter.Names).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("To", "To|Uri|SipAddress|Mail", false)]
    [InlineData("Text", "Text|Body|Message", true)]
    public void SendImMessage_TakesRowsOfATableAndBareTexts(string name, string names, bool byValue)
    {
        Assert.All(StagedModule.CmdletInfos["Send-ImMessage"].Parameters.Where(p => p.Name == name), parameter =>
        {
            Assert.True(parameter.FromPipelineByName);
            Assert.Equal(byValue, parameter.FromPipeline);
            Assert.Equal(names, string.Join('|', parameter.Names));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatChangesState_CanBeAskedFirst(string name)
    {
        // Signing in changes nothing that anybody would want to be asked about; the rest of these only look or listen.
        string[] harmless = ["Connect", "Get", "Receive", "Test"];
        var cmdlet = StagedModule.CmdletInfos[name];
        Assert.NotEqual(harmless.Contains(cmdlet.Verb), cmdlet.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsSilent_HasPassThru(string name)
    {
        string[] silent = ["Add", "Disable", "Disconnect", "Enable", "Remove", "Set", "Stop"];
        var cmdlet = StagedModule.CmdletInfos[name];
        Assert.Equal(silent.Contains(cmdlet.Verb), cmdlet.Parameters.Any(parameter => parameter.Name == "PassThru"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Get_TakesWildcards(string name)
    {
        var cmdlet = StagedModule.CmdletInfos[name];
        Assert.True(cmdlet.Verb != "Get" || cmdlet.Parameters.Any(parameter => parameter.TakesWildcards));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Connections_AreFoundByNameAndCompleted(string name)
    {
        foreach (var parameter in StagedModule.CmdletInfos[name].Parameters.Where(parameter => parameter.Name is "Connection" or "Conversation"))
        {
            var attributes = parameter.Property.GetCustomAttributesData().Select(attribute => attribute.AttributeType.Name).ToList();
            Assert.Contains(parameter.Name + "TransformationAttribute", attributes);
            Assert.Contains(nameof(ArgumentCompleterAttribute), attributes);
        }
    }

    private static IEnumerable<string> ApprovedVerbs() =>
        typeof(CmdletAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
}
