namespace ComIm.Com.Automation;

/// <summary>The GUIDs of ComIm.idl. They never change once published; a test compares them with the IDL.</summary>
internal static class ContractIds
{
    public const string ApplicationClass = "f663c959-cbaa-4ef0-bf0f-6cedb4a28eed";
    public const string ApplicationInterface = "0daa7513-5e35-4c63-9abf-19a5bd793c67";
    public const string MessageInterface = "e4c985f2-5016-4260-b461-5320c009b12c";
    public const string Events = "f0e15273-ed31-4d39-b441-117e84447ca6";
    public const string AppId = "3e43b11b-607d-4f81-8ec7-84f2f93cf535";
}
